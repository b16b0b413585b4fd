import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLanguage, chooseRegion, toSentence, translate } from "./language.ts";

const known = ["de", "en"];

test("the chosen language comes before the system's", () => {
  assert.equal(chooseLanguage("de", ["en-GB"], known), "de");
  assert.equal(chooseLanguage("de-CH", ["en-GB"], known), "de");
});

test("without a choice the system's first known language is spoken", () => {
  assert.equal(chooseLanguage(null, ["de-AT", "en"], known), "de");
  assert.equal(chooseLanguage(null, ["fr-FR", "de"], known), "de");
});

test("what nobody translated is English", () => {
  assert.equal(chooseLanguage("fr", ["de"], known), "en");
  assert.equal(chooseLanguage(null, [], known), "en");
});

test("dates are written as the region of the system does, where it speaks the language", () => {
  assert.equal(chooseRegion("de", ["de-AT"]), "de-AT");
  assert.equal(chooseRegion("de", ["en-GB"]), "de");
  assert.equal(chooseRegion("de", ["den-CA", "de"]), "de");
});

const table = {
  "the vault is damaged": "Der Tresor ist beschädigt",
  "{} cannot be reached": "{0} ist nicht erreichbar",
  "the provider at {} says its issuer is {}": "{1} sagt {0}",
  "the proof is not valid: {}": "Ungültig: {0}",
  "it has expired": "Er ist abgelaufen",
};

test("a sentence is looked up whole", () => {
  assert.equal(translate("the vault is damaged", table), "Der Tresor ist beschädigt");
});

test("names in a sentence go where the other language has them", () => {
  assert.equal(
    translate("acme.example:8443 cannot be reached", table),
    "acme.example:8443 ist nicht erreichbar",
  );
  assert.equal(
    translate("the provider at a.example says its issuer is b.example", table),
    "b.example sagt a.example",
  );
});

test("a name that is a sentence is translated too", () => {
  assert.equal(translate("the proof is not valid: it has expired", table), "Ungültig: Er ist abgelaufen");
});

test("what is not known stays as it is", () => {
  assert.equal(translate("something new happened", table), "something new happened");
});

test("a sentence gets a capital and a full stop", () => {
  assert.equal(toSentence("the vault is damaged"), "The vault is damaged.");
  assert.equal(toSentence("sign in again; then wait"), "Sign in again; then wait.");
  assert.equal(toSentence("Sign out?"), "Sign out?");
  assert.equal(toSentence(""), "");
});

test("a host at the beginning keeps its spelling", () => {
  assert.equal(toSentence("acme.example cannot be reached"), "acme.example cannot be reached.");
  assert.equal(toSentence("`/a/b` belongs to another program"), "`/a/b` belongs to another program.");
});
