import "@angular/compiler";
import { Component, provideZonelessChangeDetection, signal } from "@angular/core";
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from "@angular/forms";
import { bootstrapApplication } from "@angular/platform-browser";

class Login {
  form = new FormGroup({
    user: new FormControl("", { nonNullable: true, validators: [Validators.required] }),
    password: new FormControl("", { nonNullable: true, validators: [Validators.required] }),
  });
  error = signal("");
  who = signal("");

  async submit() {
    const body = JSON.stringify(this.form.value);
    const headers = { "content-type": "application/json" };
    const answer = await (await fetch("/api/login", { method: "POST", headers, body })).json();
    this.error.set(answer.error ?? "");
    this.who.set(answer.user ?? "");
  }
}

Component({
  selector: "#root",
  imports: [ReactiveFormsModule],
  template: `@if (who()) { <h1>Signed in as {{ who() }}</h1> } @else {
    <form [formGroup]="form" (ngSubmit)="submit()"><h1>Assets</h1><p class="error">{{ error() }}</p>
      <label for="user">User name</label><input id="user" formControlName="user">
      <label for="password">Password</label><input id="password" type="password" formControlName="password">
      <button type="submit" [disabled]="form.invalid">Sign in</button></form> }`,
})(Login);

bootstrapApplication(Login, { providers: [provideZonelessChangeDetection()] });
