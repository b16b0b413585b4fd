// Pages as they looked: tables, bevels, Verdana.

const STYLE = `
  body { margin: 0; background: #d6dde8; font: 13px Verdana, "DejaVu Sans", sans-serif; color: #1a2430; }
  .frame { width: 760px; margin: 36px auto 0; background: #fff; border: 1px solid #6f7f96; }
  .head { background: #2d4f86; background: linear-gradient(#4a70ad, #26467a); color: #fff; padding: 14px 20px; }
  .head b { font: bold 24px Georgia, "DejaVu Serif", serif; letter-spacing: 1px; }
  .head span { float: right; font-size: 11px; margin-top: 10px; color: #d3e0f5; }
  .bar { background: #eef2f8; border-bottom: 1px solid #b8c4d6; padding: 6px 20px; font-size: 11px; color: #44546b; }
  .main { padding: 22px 20px 28px; min-height: 250px; }
  h1 { font-size: 16px; color: #26467a; margin: 0 0 14px; }
  form.login { width: 400px; margin: 10px auto; border: 1px solid #b8c4d6; background: #f6f8fb; padding: 16px 20px; }
  form.login td { padding: 5px 8px 5px 0; }
  input[type=text], input[type=password] { width: 210px; font: 13px Verdana, "DejaVu Sans", sans-serif; padding: 3px;
    border: 2px inset #d4d4d4; background: #fff; }
  input[type=submit] { font: bold 12px Verdana, "DejaVu Sans", sans-serif; padding: 3px 14px; border: 2px outset #dfe5ee;
    background: #dfe5ee; color: #1a2430; }
  input[type=submit]:active { border-style: inset; }
  .error { color: #b00000; font-weight: bold; text-align: center; }
  table.slips { border-collapse: collapse; width: 100%; margin-top: 10px; }
  table.slips th { background: #2d4f86; color: #fff; text-align: left; padding: 5px 8px; font-size: 12px; }
  table.slips td { border-bottom: 1px solid #d6dde8; padding: 5px 8px; }
  table.slips tr:nth-child(odd) td { background: #f3f6fa; }
  td.sum, th.sum { text-align: right !important; }
  .who { float: right; margin-top: -4px; }
  .who form { display: inline; margin-left: 10px; }
  .foot { text-align: center; font-size: 10px; color: #5b6b82; padding: 10px; }`;

export function login(message?: string, user = ""): string {
  return page(
    "Payroll 2004 - Login",
    "Please log in",
    `<h1>Employee Login</h1>
    ${message ? `<p class="error">${escapeHtml(message)}</p>` : ""}
    <form class="login" name="frmLogin" action="/login" method="post">
      <table>
        <tr><td><label for="txtUser">User name:</label></td>
            <td><input type="text" name="txtUser" id="txtUser" maxlength="32" value="${escapeHtml(user)}"></td></tr>
        <tr><td><label for="txtPass">Password:</label></td>
            <td><input type="password" name="txtPass" id="txtPass" maxlength="32"></td></tr>
        <tr><td></td><td><input type="submit" name="btnLogin" value="Log in"></td></tr>
      </table>
    </form>`,
  );
}

export function payslips(user: string): string {
  const slips = [
    ["10/2004", "2,412.00", "Paid"],
    ["09/2004", "2,412.00", "Paid"],
    ["08/2004", "2,530.50", "Paid"],
  ];
  const rows = slips.map(
    ([month, net, state]) => `<tr><td>${month}</td><td>${state}</td><td class="sum">${net}</td></tr>`,
  );
  return page(
    "Payroll 2004 - Payslips",
    `Home &raquo; Payslips <span class="who"><b>Signed in as ${escapeHtml(user)}</b>
      <form action="/logout" method="post"><input type="submit" value="Log out"></form></span>`,
    `<h1>Welcome, ${escapeHtml(user)}!</h1><p>Your payslips of the last three months:</p>
    <table class="slips"><tr><th>Month</th><th>Status</th><th class="sum">Net amount</th></tr>${rows.join("")}</table>`,
  );
}

export function problem(text: string): string {
  return page("Payroll 2004", "", `<p class="error">${escapeHtml(text)}</p>`);
}

function page(title: string, bar: string, main: string): string {
  return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">
<html lang="en"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>${title}</title><style>${STYLE}</style></head>
<body><div class="frame">
<div class="head"><span>Human Resources Intranet</span><b>Payroll 2004</b></div>
<div class="bar">${bar}</div>
<div class="main">${main}</div>
</div><div class="foot">Best viewed at 1024 x 768. &copy; 2004 HR Systems</div></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
