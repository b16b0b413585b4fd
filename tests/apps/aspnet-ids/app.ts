import { html, redirect } from "../answer.ts";
import { type App, typed } from "../app.ts";
import { complaint, escapeHtml, page } from "../page.ts";

const refuses = "Your login attempt was not successful. Please try again.";
const CTL = "ctl00$MainContent$LoginUser$";
const id = (name: string) => `ctl00_MainContent_LoginUser_${name}`;

const form = (message?: string, user = "") =>
  page({
    title: "Facility Booking",
    era: "tables",
    body: `<form name="aspnetForm" method="post" action="Login.aspx" id="aspnetForm">
    <input type="hidden" name="__EVENTTARGET" id="__EVENTTARGET" value=""><input type="hidden" name="__EVENTARGUMENT" value="">
    <input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwULLTE2MTY2ODcyMjkPZBYCZg9kFgICAw9kFgI=">
    <input type="hidden" name="__EVENTVALIDATION" value="/wEWBALuw9z2DAKUvNa1DwL666vYDALk">
    <script>function __doPostBack(target, argument) {
      document.getElementById("__EVENTTARGET").value = target; document.getElementById("aspnetForm").submit(); }</script>
    <div>Search: <input name="ctl00$txtSearch" type="text" id="ctl00_txtSearch"> <input type="submit" name="ctl00$btnSearch" value="Go"></div>
    <h1>Log In</h1>${complaint(message)}<table>
      <tr><td><label for="${id("UserName")}">Username:</label></td><td><input name="${CTL}UserName" type="text" id="${id("UserName")}" value="${escapeHtml(user)}"></td></tr>
      <tr><td><label for="${id("Password")}">Password:</label></td><td><input name="${CTL}Password" type="password" id="${id("Password")}"></td></tr>
      <tr><td></td><td><a id="${id("LoginButton")}" href="javascript:__doPostBack('${CTL}LoginButton','')">Log In</a></td></tr>
    </table></form>`,
  });

export default {
  odd: "the whole page is one form with a search box, generated ids, and a link that posts back",
  account: { user: "rfisher", password: "Room 12 please" },
  login: "/Login.aspx",
  person: typed(`#${id("UserName")}`, `#${id("Password")}`, `#${id("LoginButton")}`),
  refuses,
  routes: {
    "GET /Login.aspx": (asked) => (asked.user ? redirect("/home") : html(form())),
    "POST /Login.aspx": (asked) => {
      if (asked.form.get("__EVENTTARGET") !== `${CTL}LoginButton`) return html(form("Nothing was found."));
      const user = asked.form.get(`${CTL}UserName`) ?? "";
      if (!asked.form.get("__VIEWSTATE") || !asked.site.allows(user, asked.form.get(`${CTL}Password`)))
        return html(form(refuses, user));
      asked.begin(user);
      return redirect("/home");
    },
  },
} satisfies App;
