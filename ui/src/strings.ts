// Every word the window says. One language here; another is another object of the same type.

export const strings = {
  brand: "Lanyard",
  cancel: "Cancel",
  back: "Back",
  tryAgain: "Try again",
  sentence: (text: string) => (text === "" || /[.?:]$/u.test(text) ? text : `${text}.`),

  places: "Places",
  apps: "Apps",
  settings: "Settings",
  lock: "Lock",

  signIn: {
    heading: (host: string) => `Sign in to ${host}`,
    headingNoProvider: "Sign in to your company",
    lead: "Sign in once. The apps that only know a password then open signed in.",
    leadNoProvider: "Your IT department gives you these two. They are asked for only once.",
    issuer: "Company sign-in address",
    issuerExample: "https://acme.okta.com",
    issuerMissing: "Type the address where your company signs in",
    clientId: "Client ID",
    clientIdMissing: "Type the client ID that belongs to this address",
    begin: "Sign in",
    otherAddress: "Use another address",
    contacting: (host: string) => `Asking ${host} for a code`,
    enterCodeAt: "Enter this code at",
    qr: (address: string) => `QR code that leads to ${address}`,
    qrHint: "Or scan with a phone",
    openInBrowser: "Open in browser",
    copyCode: "Copy code",
    copied: "Code copied",
    notCopied: "The code could not be copied. Type it as it is shown.",
    opened: "Your browser opens the page",
    waiting: "Waiting for your approval",
    offline: "This computer is offline. Lanyard goes on as soon as there is a network.",
    failedOffline: "This computer seems to be offline.",
    failed: "You are not signed in",
    changeAddress: "Change address",
  },

  timeLeft: (time: string) => `${time} left`,
  timeLeftLabel: "Time left",

  list: {
    search: "Search apps and accounts",
    searchKey: "Ctrl K",
    add: "Add",
    recent: "Recent",
    organisation: (host: string) => `From ${host}`,
    personal: "Personal · never leaves this laptop",
    found: (count: number) => (count === 1 ? "1 app" : `${count.toLocaleString("en")} apps`),
    more: (shown: number, total: number) =>
      `${shown.toLocaleString("en")} of ${total.toLocaleString("en")} are shown. Search to find the others.`,
    nothing: (query: string) => `Nothing matches “${query}”`,
    nothingHint: "Names, user names and addresses are searched. Try fewer letters, or add the app.",
    opens: (app: string, browser: string) => `${app} opens in ${browser}`,
    opensUnconnected: (app: string) =>
      `${app} opens in your browser, which is not connected to Lanyard. Choose “Connect this browser” in its Lanyard extension to have it filled.`,
    userNameCopied: (app: string) => `User name for ${app} copied`,
    added: (app: string) => `${app} was added`,
  },

  empty: {
    heading: "Three steps to the first filled page",
    connect: "Connect your browser",
    connectHint: "Open the Lanyard extension in it and choose “Connect this browser”.",
    connected: (browser: string) => `${browser} is connected.`,
    once: "Sign in to an app once",
    onceHint: "As you always do, by hand. Lanyard offers to save it.",
    next: "Open it again",
    nextHint: "From here, or in the browser. It opens signed in.",
    done: "Done: ",
    byHand: "You can also add an app by hand with “Add”.",
  },

  add: {
    heading: "Add an app",
    lead: "What you type here stays in the vault on this laptop.",
    name: "Name",
    nameMissing: "Type a name for the app",
    address: "Login page address",
    addressMissing: "Type the address of the page with the login form",
    userName: "User name",
    userNameMissing: "Type your user name at the app",
    password: "Password",
    passwordMissing: "Type your password at the app",
    show: "Show password",
    showShort: "Show",
    hideShort: "Hide",
    autoSubmit: "Sign in by itself",
    autoSubmitHint: "Lanyard presses the button of the form after filling it.",
    save: "Add",
  },

  locked: {
    heading: "Lanyard is locked",
    body: "Nothing is filled until you unlock it. Your apps and passwords are safe in the vault.",
    unlock: "Unlock",
  },

  unavailable: {
    keychain: "Lanyard needs your keyring",
    vault: "Lanyard cannot use its vault",
    begin: "Begin a new vault…",
    confirmHeading: "Begin a new vault?",
    confirmBody:
      "The new vault is empty: saved apps and passwords are not in it, and you sign in again. The old file is kept beside it; nothing is deleted.",
    confirm: "Begin a new vault",
    keep: "Keep the old one",
    kept: (path: string) => `The old vault is kept as ${path}`,
  },

  question: {
    connect: (browser: string) => `Connect ${browser}?`,
    profile: (profile: string) => `Profile ${profile}`,
    meaning: (browser: string) =>
      `Once connected, ${browser} is given the user name and password of an app when you sign in to it there.`,
    caution: "Choose “Connect” only if you have just asked for this in the browser.",
    yes: "Connect",
    no: "No",
    ends: "Without an answer this counts as No",
  },

  settingsPage: {
    account: "Sign-in",
    name: "Name",
    email: "Mail address",
    provider: "Company sign-in address",
    clientId: "Client ID",
    protection: "What protects the vault",
    protectionBody:
      "Anyone who can use this laptop while you are signed in to it can unlock Lanyard: the vault opens with your keyring, and your keyring opens when you sign in to the laptop. Lock the laptop when you leave it.",
    browsers: "Connected browsers",
    noBrowsers:
      "No browser is connected. Open the Lanyard extension in your browser and choose “Connect this browser”.",
    profile: (profile: string) => `Profile ${profile}`,
    running: "Connected",
    notRunning: "Not running",
    signOut: "Sign out",
    signOutAsk: "Sign out?",
    signOutBody:
      "The vault is locked and nothing is filled until you sign in again. Saved apps and passwords are kept.",
    stay: "Stay signed in",
    version: (version: string) => `Lanyard ${version}`,
  },
};
