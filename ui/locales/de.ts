// Every word that the window says, in German.

import type { Words } from "./en.ts";

const number = (count: number) => count.toLocaleString("de");

export const words: Words = {
  language: "Deutsch",

  brand: "Lanyard",
  cancel: "Abbrechen",
  back: "Zurück",
  save: "Speichern",
  copy: "Kopieren",
  show: "Anzeigen",
  hide: "Verbergen",
  tryAgain: "Erneut versuchen",
  loading: "Einen Moment",

  places: {
    label: "Bereiche",
    apps: "Apps",
    activity: "Aktivität",
    browsers: "Browser",
    security: "Sicherheit",
    settings: "Einstellungen",
    lock: "Sperren",
    offline: "Offline · Apps öffnen weiterhin",
  },

  palette: {
    open: "Gehe zu",
    key: "Strg K",
    label: "Zu einer App, einem Bereich oder einer Aktion gehen",
    placeholder: "App, Bereich oder Aktion",
    options: "Treffer",
    apps: "Apps",
    places: "Bereiche",
    actions: "Aktionen",
    nothing: (query) => `Nichts passt zu „${query}“`,
    found: (count) => (count === 1 ? "1 Treffer" : `${number(count)} Treffer`),
    add: "App hinzufügen",
    lock: "Lanyard sperren",
    unlock: "Lanyard entsperren",
    signOut: "Abmelden …",
    light: "Hell",
    dark: "Dunkel",
    system: "Hell oder dunkel wie das System",
  },

  signIn: {
    heading: (host) => `Bei ${host} anmelden`,
    headingNoProvider: "Bei Ihrem Unternehmen anmelden",
    lead: "Melden Sie sich einmal an. Apps, die nur ein Passwort kennen, öffnen sich dann angemeldet.",
    leadNoProvider: "Diese beiden Angaben gibt Ihnen Ihre IT-Abteilung. Sie werden nur einmal gebraucht.",
    issuer: "Anmeldeadresse des Unternehmens",
    issuerExample: "https://acme.okta.com",
    issuerMissing: "Geben Sie die Adresse ein, bei der sich Ihr Unternehmen anmeldet",
    clientId: "Client-ID",
    clientIdMissing: "Geben Sie die Client-ID ein, die zu dieser Adresse gehört",
    begin: "Anmelden",
    otherAddress: "Andere Adresse verwenden",
    contacting: (host) => `${host} wird um einen Code gebeten`,
    enterCodeAt: "Geben Sie diesen Code ein bei",
    qr: (address) => `QR-Code, der zu ${address} führt`,
    qrHint: "Oder mit dem Handy scannen",
    openInBrowser: "Im Browser öffnen",
    copyCode: "Code kopieren",
    copied: "Code kopiert",
    notCopied: "Der Code konnte nicht kopiert werden. Tippen Sie ihn ab.",
    opened: "Ihr Browser öffnet die Seite",
    waiting: "Wartet auf Ihre Bestätigung",
    offline: "Dieser Computer ist offline. Lanyard macht weiter, sobald es ein Netz gibt.",
    failedOffline: "Dieser Computer scheint offline zu sein.",
    failed: "Sie sind nicht angemeldet",
    changeAddress: "Adresse ändern",
  },

  time: {
    left: (time) => `noch ${time}`,
    label: "Verbleibende Zeit",
    today: "Heute",
    yesterday: "Gestern",
  },

  list: {
    search: "Apps und Konten suchen",
    add: "Hinzufügen",
    view: "Ansicht",
    grid: "Kacheln",
    list: "Liste",
    recent: "Zuletzt verwendet",
    organisation: (name) => `Von ${name}`,
    personal: "Persönlich · verlässt diesen Laptop nie",
    found: (count) => (count === 1 ? "1 App" : `${number(count)} Apps`),
    more: (shown, total) =>
      `${number(shown)} von ${number(total)} werden angezeigt. Die anderen finden Sie mit der Suche.`,
    nothing: (query) => `Nichts passt zu „${query}“`,
    nothingHint:
      "Gesucht wird in Namen, Benutzernamen und Adressen. Versuchen Sie weniger Buchstaben, oder fügen Sie die App hinzu.",
    details: (app) => `Details zu ${app}`,
    opens: (app, browser) => `${app} öffnet sich in ${browser}`,
    opensUnconnected: (app) =>
      `${app} öffnet sich in Ihrem Browser, der nicht mit Lanyard verbunden ist. Wählen Sie dort in der Lanyard-Erweiterung „Diesen Browser verbinden“, damit Lanyard ausfüllt.`,
    userNameCopied: (app) => `Benutzername für ${app} kopiert`,
    passwordCopied: (app, seconds) =>
      `Passwort für ${app} kopiert. Nach ${seconds} Sekunden wird es aus der Zwischenablage entfernt.`,
    notCopied: "Es konnte nicht kopiert werden",
    added: (app) => `${app} wurde hinzugefügt`,
    removed: (app) => `${app} wurde entfernt`,
    keys: "Enter öffnet · Strg C kopiert den Benutzernamen · Strg Umschalt C das Passwort · Strg Enter zeigt Details",
  },

  firstRun: {
    heading: "Erste Schritte",
    connect: "Browser verbinden",
    connectHint: "Öffnen Sie dort die Lanyard-Erweiterung und wählen Sie „Diesen Browser verbinden“.",
    connectAction: "Meine Browser zeigen",
    connected: (browser) => `${browser} ist verbunden.`,
    once: "Einmal bei einer App anmelden",
    onceHint: "Wie immer, von Hand. Lanyard bietet an, die Anmeldung zu speichern.",
    onceHintOff: "Wie immer, von Hand. Speichern Sie sie dann in der Lanyard-Erweiterung.",
    next: "Die App wieder öffnen",
    nextHint: "Von hier aus oder im Browser. Sie öffnet sich angemeldet.",
    recovery: "Einen Weg zurück haben",
    recoveryHint:
      "Zwölf Wörter auf Papier öffnen Ihren Tresor, wenn der Schlüsselbund dieses Laptops verloren geht.",
    recoveryAction: "Wiederherstellungscode erstellen",
    recoveryDone: "Es gibt einen Weg zurück in Ihren Tresor.",
    done: "Erledigt: ",
    byHand: "Mit „Hinzufügen“ können Sie eine App auch von Hand eingeben.",
  },

  offer: {
    heading: "Anbieten, Anmeldungen zu speichern?",
    body: "Wenn Sie sich von Hand bei einer Website anmelden, kann Lanyard anbieten, das zu speichern. In den Einstellungen lässt sich das ändern.",
    yes: "Speichern anbieten",
    no: "Nicht anbieten",
  },

  form: {
    add: "App hinzufügen",
    addLead: "Was Sie hier eingeben, bleibt im Tresor auf diesem Laptop.",
    edit: (app) => `${app} bearbeiten`,
    name: "Name",
    nameMissing: "Geben Sie der App einen Namen",
    address: "Adresse der Anmeldeseite",
    addressMissing: "Geben Sie die Adresse der Seite mit dem Anmeldeformular ein",
    userName: "Benutzername",
    userNameMissing: "Geben Sie Ihren Benutzernamen in der App ein",
    password: "Passwort",
    newPassword: "Neues Passwort",
    newPasswordHint: "Leer bleibt das bisherige. Ein ersetztes Passwort wird unter den früheren aufbewahrt.",
    passwordMissing: "Geben Sie Ihr Passwort in der App ein",
    showPassword: "Passwort anzeigen",
    generate: "Erzeugen",
    more: "Einmalcodes und Notizen",
    seed: "Schlüssel für Einmalcodes",
    seedHint: "Der Schlüssel oder die otpauth-Adresse, die die App beim Einrichten von Einmalcodes zeigt.",
    newSeed: "Anderer Schlüssel für Einmalcodes",
    removeSeed: "Keine Einmalcodes mehr erzeugen",
    notes: "Notizen",
    loadNotes: "Notizen zum Bearbeiten anzeigen",
    autoSubmit: "Selbst anmelden",
    autoSubmitHint: "Lanyard drückt nach dem Ausfüllen den Knopf des Formulars.",
    verify: "Zuerst Sicherheitsschlüssel oder PIN verlangen",
    verifyHint:
      "Ausgefüllt wird erst, wenn Sie Ihren Sicherheitsschlüssel verwendet oder, ohne Schlüssel, Ihre PIN eingegeben haben.",
    verifyForced:
      "Ihre Organisation verlangt Ihren Sicherheitsschlüssel oder, ohne Schlüssel, Ihre PIN, bevor ausgefüllt wird.",
    verifyNeither: "Sie haben noch keines von beiden; wählen Sie eines unter Sicherheit.",
    addNow: "Hinzufügen",
  },

  generator: {
    heading: "Passwort erzeugen",
    length: "Länge",
    lower: "a–z",
    upper: "A–Z",
    digits: "0–9",
    symbols: "Sonderzeichen",
    noLookAlikes: "Ohne l, I, 1, O und 0",
    characters: "Zeichen",
    strengthLabel: "Stärke",
    strength: { weak: "Schwach", fair: "Mittel", strong: "Stark", very_strong: "Sehr stark" },
    bits: (bits) => `${number(bits)} Bit`,
    another: "Anderes",
    use: "Übernehmen",
  },

  credential: {
    open: "Öffnen",
    edit: "Bearbeiten",
    remove: "Entfernen …",
    userName: "Benutzername",
    page: "Anmeldeseite",
    password: "Passwort",
    code: "Einmalcode",
    notes: "Notizen",
    former: "Frühere Passwörter",
    formerCount: (count) => `${number(count)} aufbewahrt`,
    formerUntil: (date) => `Bis ${date}`,
    group: "Gehört",
    organisation: (name) => name,
    personal: "Ihnen · verlässt diesen Laptop nie",
    autoSubmit: "Meldet selbst an",
    yes: "Ja",
    no: "Nein",
    changed: (date) => `Geändert ${date}`,
    showPart: (part) => `${part} anzeigen`,
    hidePart: (part) => `${part} verbergen`,
    copyPart: (part) => `${part} kopieren`,
    copied: (part, seconds) => `${part} kopiert. Nach ${seconds} Sekunden wird die Zwischenablage geleert.`,
    copiedPlain: (part) => `${part} kopiert`,
    clears: (seconds) => `Noch ${seconds} s in der Zwischenablage`,
    cleared: "Aus der Zwischenablage entfernt",
    saved: "Gespeichert",
    removeAsk: (app) => `${app} entfernen?`,
    removeBody: (lost) => `Endgültig verloren: ${lost}. Das Konto in der App selbst bleibt bestehen.`,
    lostPassword: "das Passwort",
    lostCodes: "der Schlüssel für die Einmalcodes",
    lostNotes: "die Notizen",
    lostFormer: (count) => (count === 1 ? "ein früheres Passwort" : `${number(count)} frühere Passwörter`),
    keep: "Behalten",
    removeNow: "Endgültig entfernen",
  },

  activity: {
    filter: "Aktivität filtern",
    export: "Exportieren",
    exported: (lines, path) =>
      `${lines === 1 ? "1 Zeile wurde" : `${number(lines)} Zeilen wurden`} in ${path} gespeichert`,
    plot: (days) => `Die letzten ${number(days)} Tage`,
    plotDays: (days) => `${number(days)} Tage`,
    totals: (filled, refused) => `${number(filled)} ausgefüllt · ${number(refused)} abgelehnt`,
    plotBusiest: (date, filled) => `Meiste an einem Tag: ${date}, ${number(filled)} ausgefüllt.`,
    bar: (date, filled, refused) => `${date}: ${number(filled)} ausgefüllt, ${number(refused)} abgelehnt`,
    older: "Ältere anzeigen",
    none: "Noch ist nichts geschehen",
    noneHint: "Hier steht, was Lanyard ausfüllt, speichert und ablehnt. Passwörter stehen nie darin.",
    nothing: (query) => `Nichts passt zu „${query}“`,
    nothingMore: (query) => `Bisher passt nichts zu „${query}“. Ältere Zeilen wurden noch nicht durchsucht.`,
    lines: (count) => (count === 1 ? "1 Zeile" : `${number(count)} Zeilen`),
    outcomes: { done: "Erledigt", refused: "Abgelehnt", failed: "Fehlgeschlagen" },
    notDone: (outcome, what) => `${outcome}: ${what}`,
    thisLaptop: "Dieser Laptop",
    logins: (count) => (count === 1 ? "1 Anmeldung" : `${number(count)} Anmeldungen`),
    events: {
      started: () => "Lanyard gestartet",
      signed_in: ({ account }) => (account ? `Angemeldet als ${account}` : "Angemeldet"),
      signed_out: ({ account }) => (account ? `${account} abgemeldet` : "Abgemeldet"),
      sign_in_failed: () => "Anmeldung nicht abgeschlossen",
      locked: () => "Gesperrt",
      unlocked: () => "Entsperrt",
      paired: ({ browser }) => `${browser || "Browser"} verbunden`,
      copy_found: ({ browser }) => `${browser || "Browser"} getrennt: sein Profil wurde kopiert`,
      pairing_refused: ({ browser }) => `${browser || "Browser"} nicht verbunden`,
      launched: ({ app }) => `${app || "App"} geöffnet`,
      filled: ({ app, host }) => `${app || host || "Seite"} ausgefüllt`,
      fill_refused: ({ host }) => `${host || "Seite"} nicht ausgefüllt`,
      captured: ({ host }) => `Anmeldung bei ${host || "einer Seite"} bemerkt`,
      saved: ({ app }) => `${app || "App"} gespeichert`,
      updated: ({ app }) => `Passwort von ${app || "einer App"} aktualisiert`,
      app_added: ({ app }) => `${app || "App"} hinzugefügt`,
      app_changed: ({ app }) => `${app || "App"} geändert`,
      app_removed: ({ app }) => `${app || "App"} entfernt`,
      imported: () => "Anmeldungen importiert",
      revealed: ({ app }) => `Geheimnis von ${app || "einer App"} angezeigt`,
      copied: ({ app }) => `Geheimnis von ${app || "einer App"} kopiert`,
      exported: () => "Anmeldungen exportiert",
      backed_up: () => "Sicherung gemacht",
      restored: () => "Sicherung an die Stelle des Tresors gesetzt",
      rekeyed: () => "Dem Tresor neue Schlüssel gegeben",
      slots_changed: () => "Geändert, was den Tresor öffnet",
      recovered: () => "Tresor mit dem Wiederherstellungscode zurückgeholt",
      revoked: ({ browser }) => `${browser || "Browser"} getrennt`,
      program_refused: () => "Ein Programm abgewiesen, das nicht Lanyards ist",
      key_added: () => "Sicherheitsschlüssel hinzugefügt",
      key_removed: () => "Sicherheitsschlüssel entfernt",
      key_used: () => "Sicherheitsschlüssel verwendet",
      pin_used: ({ app }) => `Nach der PIN für ${app || "eine App"} gefragt`,
      settings_changed: () => "Einstellungen geändert",
      site_changed: ({ host }) => `Angebot bei ${host || "einer Website"} geändert`,
    },
  },

  browsers: {
    connected: "Verbundene Browser",
    noneConnected: "Kein Browser ist verbunden",
    noneConnectedHint:
      "Öffnen Sie im Browser die Lanyard-Erweiterung und wählen Sie „Diesen Browser verbinden“.",
    profile: (profile) => `Profil ${profile}`,
    since: (date) => `seit ${date}`,
    running: "Verbunden",
    notRunning: "Läuft nicht",
    caution: {
      copied:
        "Getrennt: Sein Profil scheint kopiert worden zu sein. Haben Sie es selbst kopiert oder wiederhergestellt, trennen Sie ihn hier und verbinden Sie ihn neu; sonst sagen Sie es Ihrer Administration.",
      unverified: "Ohne Code verbunden, wie Ihre Organisation es erlaubt. Niemand hat etwas verglichen.",
    },
    rename: "Umbenennen",
    renameOne: (browser) => `${browser} umbenennen`,
    newName: "Name",
    newNameMissing: "Geben Sie dem Browser einen Namen",
    revoke: "Trennen …",
    revokeOne: (browser) => `${browser} trennen …`,
    revokeAsk: (browser) => `${browser} trennen?`,
    revokeBody:
      "Dort wird nichts ausgefüllt, bis Sie ihn wieder verbinden. Gespeicherte Apps bleiben erhalten.",
    revokeKeep: "Verbunden lassen",
    revokeNow: "Trennen",
    here: "Browser auf diesem Laptop",
    noneHere: "Auf diesem Laptop wurde kein Browser gefunden",
    noneHereHint:
      "Installieren Sie Chromium, Chrome, Edge, Brave, Vivaldi oder Firefox und sehen Sie dann erneut nach.",
    reach: {
      found: "Er findet Lanyard.",
      not_told: "Er weiß noch nicht, wo Lanyard ist.",
      foreign:
        "Wo Lanyards Datei stehen müsste, steht die eines anderen Programms. Sehen Sie sie an, und entfernen Sie sie, wenn Sie sie nicht brauchen.",
      sandboxed:
        "Er läuft abgeschottet, als Snap oder Flatpak, und erreicht Lanyard nicht. Installieren Sie ihn aus einem deb- oder rpm-Paket.",
    },
    setUp: "Einrichten",
    setUpOne: (browser) => `${browser} einrichten`,
    takeBack: "Zurücknehmen",
    takeBackOne: (browser) => `Einrichtung von ${browser} zurücknehmen`,
    lookAgain: "Erneut prüfen",
    lookAgainAt: (browser) => `${browser} erneut prüfen`,
    file: "Datei",
    extension: "Wie die Erweiterung in den Browser kommt",
    chromium: "Chromium, Chrome, Edge, Brave, Vivaldi",
    chromiumHow: "Ihre IT-Abteilung installiert sie für alle. Wo sie fehlt, fragen Sie dort nach.",
    firefox: "Firefox",
    firefoxHow:
      "Firefox nimmt nur eine von Mozilla signierte Datei. Ihre IT-Abteilung hat sie oder installiert sie für alle. Firefox ESR und die Developer Edition lassen sich so einstellen, dass sie auch eine unsignierte nehmen.",
  },

  security: {
    honest: "Was das bedeutet",
    protects: "Wer die Tresordatei kopiert oder stiehlt, kann sie nicht lesen.",
    notPerson:
      "Wer diesen Laptop benutzen kann, während Sie daran angemeldet sind, kann Lanyard entsperren. Sperren Sie den Laptop, wenn Sie ihn verlassen.",
    notPersonUnlocked:
      "Wer diesen Laptop benutzen kann, während Lanyard entsperrt ist, kann Ihre Anmeldungen benutzen. Sperren Sie es, wenn Sie gehen.",
    notProgram: "Vor Programmen, die auf diesem Laptop unter Ihrem Namen laufen, schützt Lanyard nicht.",
    protectsLabel: "Geschützt: ",
    notLabel: "Nicht geschützt: ",
    vault: "Tresor",
    file: "Datei",
    count: "Gespeicherte Apps",
    countLocked: "Wird entsperrt angezeigt",
    state: "Zustand",
    usable: "Kann gelesen und geändert werden",
    readOnly: "Kann gelesen, aber nicht geändert werden",
    readOnlyHint: "Legen Sie die neuere Tresordatei zurück, oder wenden Sie sich an Ihre IT-Abteilung.",
    log: "Aktivitätsprotokoll",
    whole: "Vollständig: Keine Zeile fehlt oder wurde verändert",
    notWhole: "Nicht vollständig: Zeilen fehlen oder wurden verändert. Wenden Sie sich an Ihre IT-Abteilung.",
    notLooked: "Konnte nicht geprüft werden",
  },

  waysIn: {
    heading: "Was den Tresor öffnet",
    device: "Dieser Laptop",
    deviceAlone: "Sein Schlüsselbund öffnet sich, wenn Sie sich am Laptop anmelden, und mit ihm der Tresor.",
    deviceBeside:
      "Sein Schlüsselbund öffnet sich, wenn Sie sich am Laptop anmelden, und mit ihm der Tresor. Was darunter steht, öffnet ihn auch; mehr Schutz bringt es nicht.",
    pin: "PIN",
    pinNone: "Nicht gewählt. Sie gälte nur auf diesem Laptop.",
    pinSet: (date) => `Gewählt am ${date}. Sie gilt nur auf diesem Laptop.`,
    pinChoose: "PIN wählen",
    pinChange: "Ändern",
    pinRemove: "Entfernen …",
    pinRemoveNow: "PIN entfernen",
    pinNew: "Neue PIN",
    pinHint: "4 bis 64 Zeichen, Ziffern oder Wörter. Sie lässt sich später nicht nachsehen.",
    pinShort: "Nehmen Sie mindestens 4 Zeichen",
    pinAgain: "Noch einmal dieselbe",
    pinDiffers: "Das ist nicht dieselbe. Geben Sie sie noch einmal ein",
    pinSave: "PIN speichern",
    present: "Ihre jetzige PIN",
    key: "Sicherheitsschlüssel",
    keyOpens:
      "Was er gibt, öffnet den Tresor, nur auf diesem Laptop. Wird er unten entfernt, entfällt auch das.",
    code: "Wiederherstellungscode",
    codeNone:
      "Nicht vorhanden. Geht der Schlüsselbund dieses Laptops verloren, öffnet sonst nichts Ihren Tresor.",
    codeMade: (date) =>
      `Erstellt am ${date}. Er öffnet den Tresor, wenn der Schlüsselbund verloren ist, und jede Sicherung seither.`,
    codeMake: "Erstellen",
    codeAnother: "Neuen erstellen",
    escrow: "Ihre Organisation",
    escrowOpens:
      "Sie kann den ganzen Tresor öffnen, auch Ihre persönlichen Apps, mit einem Schlüssel, den sie verwahrt.",
    fingerprint: (print) => `Fingerabdruck ${print}`,
    escrowWaits:
      "Der Schlüssel Ihrer Organisation ist jetzt ein anderer, und der alte hat ihn nicht bestätigt.",
    escrowLook: "Vergleichen …",
    escrowAsk: "Stimmt dieser Fingerabdruck?",
    escrowBody:
      "Vergleichen Sie ihn mit Ihrer IT-Abteilung, am Telefon oder persönlich. Wer diesen Schlüssel hat, kann Ihren Tresor öffnen.",
    escrowTake: "Die Fingerabdrücke stimmen überein",
    escrowKeep: "Beim alten Schlüssel bleiben",
    alwaysOn: "Wird jedes Mal gefragt",
    alwaysOff: "Wird nicht jedes Mal gefragt",
    alwaysOnHint:
      "Dieser Laptop allein öffnet den Tresor nicht. Sicherungen, die er allein öffnete, wurden entfernt.",
    alwaysOffHint:
      "Der Tresor kann jedes Mal nach PIN oder Sicherheitsschlüssel fragen. Sicherungen, die dieser Laptop allein öffnet, werden durch eine neue ersetzt.",
    alwaysNotReady: "Damit der Tresor jedes Mal fragt, erstellen Sie zuerst einen Wiederherstellungscode.",
    alwaysStart: "Immer fragen",
    alwaysStop: "Nicht mehr fragen",
    unlockFirst: "Entsperren Sie Lanyard, um zu ändern, was den Tresor öffnet.",
  },

  recovery: {
    heading: "Wiederherstellungscode",
    what: "Zwölf Wörter öffnen Ihren Tresor, wenn alles andere verloren ist: wenn der Schlüsselbund zurückgesetzt wurde, oder auf einem anderen Laptop mit einer Sicherung.",
    where:
      "Sie werden einmal angezeigt. Verwahren Sie sie auf Papier, nicht auf diesem Laptop. Wer sie und eine Kopie des Tresors hat, kann ihn lesen.",
    replaces: "Ihr jetziger Code öffnet den Tresor, bis Sie den neuen bestätigt haben.",
    show: "Wörter anzeigen",
    words: "Ihr Wiederherstellungscode",
    keep: "Schreiben Sie sie in dieser Reihenfolge auf. Lanyard fragt gleich nach zweien davon.",
    written: "Ich habe sie aufgeschrieben",
    print: "Drucken",
    save: "Als Datei speichern",
    file: "Datei",
    fileHint: "Nur Sie können sie lesen. Drucken Sie sie, und löschen Sie sie dann.",
    saved: (path) => `Gespeichert in ${path}`,
    check: "Damit Sie sicher sein können: Geben Sie zwei der Wörter ein. Von da an öffnen sie den Tresor.",
    word: (place) => `Wort ${place}`,
    confirm: "Diesen Code verwenden",
    again: "Noch einmal anzeigen",
    done: "Der Wiederherstellungscode öffnet den Tresor von jetzt an. Ein früherer öffnet ihn nicht mehr.",
  },

  openWithCode: {
    heading: "Wiederherstellungscode verwenden",
    body: "Der Schlüsselbund hat keinen Schlüssel für Ihren Tresor. Ihr Wiederherstellungscode öffnet ihn, und jede Anmeldung bleibt erhalten. Danach melden Sie sich neu an und verbinden Ihre Browser neu.",
    label: "Wiederherstellungscode",
    hint: "12 Wörter in ihrer Reihenfolge. Von jedem genügen vier Buchstaben.",
    open: "Tresor öffnen",
    recovered:
      "Der Tresor öffnet sich auf diesem Laptop wieder. Melden Sie sich an, und verbinden Sie Ihre Browser neu.",
    recoveredLost: (list) =>
      `Der Tresor öffnet sich auf diesem Laptop wieder. Melden Sie sich an, und verbinden Sie Ihre Browser neu. Mit dem Schlüsselbund verloren und neu einzurichten: ${list}.`,
    lost: { pin: "PIN", security_key: "Sicherheitsschlüssel" },
  },

  keys: {
    heading: "Sicherheitsschlüssel",
    asked: (browser) => `Verwenden Sie Ihren Sicherheitsschlüssel in ${browser}`,
    none: "Kein Sicherheitsschlüssel",
    noneHint:
      "Ein Sicherheitsschlüssel ist ein kleines Gerät. Sie berühren es, um zu zeigen, dass Sie da sind.",
    add: "Sicherheitsschlüssel hinzufügen",
    noBrowser: "Öffnen Sie einen Browser, der mit Lanyard verbunden ist. Dort wird der Schlüssel verwendet.",
    name: "Wie Sie den Schlüssel nennen",
    nameMissing: "Geben Sie dem Schlüssel einen Namen, etwa „Blauer Schlüssel“.",
    go: "Im Browser weiter",
    here: "Schlüssel gelten für diesen Laptop. Ein Schlüssel bestätigt, dass Sie da sind; nur einer für die Domain einer Organisation kann den Tresor öffnen.",
    everywhere: (domain) =>
      `Schlüssel gelten für ${domain}. Ein Schlüssel bestätigt, dass Sie da sind. Einer, der ein Geheimnis geben kann, kann auch den Tresor öffnen.`,
    opens: "öffnet den Tresor",
    opensNot: "bestätigt nur und hat kein Geheimnis, das den Tresor öffnen könnte",
    letOpen: "Tresor damit öffnen",
    letOpenOne: (name) => `Tresor mit ${name} öffnen`,
    since: (date) => `seit ${date}`,
    elsewhere: "Wurde für eine andere Domain hinzugefügt und wird hier nicht verlangt",
    remove: "Entfernen",
    removeOne: (name) => `${name} entfernen`,
    removeAsk: (name) => `${name} entfernen?`,
    removeBody: "Er bestätigt dann nichts mehr.",
    removeBodyOpens: "Er bestätigt dann nichts mehr und öffnet den Tresor nicht mehr.",
    removeNow: "Entfernen",
    keep: "Behalten",
    confirm: "Mit einem Sicherheitsschlüssel bestätigen",
    confirmHint:
      "Bevor ein Geheimnis angezeigt, kopiert oder herausgegeben wird, und bevor Schlüssel geändert werden. Haben Sie zwei Schlüssel: Ohne Schlüssel geht nichts davon.",
    confirmForced: "Ihre Organisation verlangt, dass ein Schlüssel bestätigt, was hier verlangt wird.",
    remember: "Zum Ausfüllen gelten Schlüssel oder PIN",
    remembered: {
      five_minutes: "5 Minuten",
      hour: "1 Stunde",
      until_locked: "solange Lanyard entsperrt ist",
    },
  },

  settings: {
    look: "Aussehen und Sprache",
    language: "Sprache",
    systemLanguage: "Wie das System",
    theme: "Hell oder dunkel",
    themes: { system: "Wie das System", light: "Hell", dark: "Dunkel" },
    start: "Start",
    startAtLogin: "Lanyard starten, wenn ich mich an diesem Laptop anmelde",
    locking: "Sperren",
    lockAfter: "Unbenutzt sperren nach",
    lockNever: "Nie",
    minutes: (minutes) => (minutes === 1 ? "1 Minute" : `${minutes} Minuten`),
    hours: (hours) => (hours === 1 ? "1 Stunde" : `${hours} Stunden`),
    locksToo: "Wird der Bildschirm gesperrt oder schläft der Laptop, ist Lanyard sofort gesperrt.",
    lockAtMost: (name, time) => `${name} erlaubt höchstens ${time}.`,
    saving: "Anmeldungen speichern",
    offer: "Anbieten, Anmeldungen bei Websites zu speichern",
    offerElsewhere: (name) => `Auch außerhalb der Apps von ${name} anbieten, Anmeldungen zu speichern`,
    forbidden: (name) =>
      `${name} erlaubt nur, eigene Apps zu speichern. Bitten Sie Ihre Administration, fehlende Apps hinzuzufügen.`,
    forbiddenNoName: "Ihre Organisation",
    never: "Nie angeboten bei",
    noNever: "Keine Website ist ausgenommen. Mit „Nie hier“ in der Lanyard-Erweiterung nehmen Sie eine aus.",
    allow: "Wieder anbieten",
    allowAt: (site) => `Bei ${site} wieder anbieten`,
    allowed: (site) => `Bei ${site} wird das Speichern wieder angeboten`,
    account: "Anmeldung",
    name: "Name",
    email: "Mailadresse",
    provider: "Anmeldeadresse des Unternehmens",
    clientId: "Client-ID",
    signOut: "Abmelden",
    signOutAsk: "Abmelden?",
    signOutBody:
      "Der Tresor wird gesperrt, und nichts wird ausgefüllt, bis Sie sich wieder anmelden. Gespeicherte Apps und Passwörter bleiben erhalten.",
    stay: "Angemeldet bleiben",
    version: (version) => `Lanyard ${version}`,
  },

  locked: {
    heading: "Lanyard ist gesperrt",
    body: "Bis Sie es entsperren, wird nichts ausgefüllt. Ihre Apps und Passwörter sind sicher im Tresor.",
    unlock: "Entsperren",
    pin: "PIN",
    waits: "Zu viele falsche PINs. Die nächste kann eingegeben werden, wenn diese Zeit um ist.",
    paper: "Wiederherstellungscode verwenden",
    key: "Mit Sicherheitsschlüssel entsperren",
  },

  unavailable: {
    keychain: "Lanyard braucht Ihren Schlüsselbund",
    vault: "Lanyard kann seinen Tresor nicht verwenden",
    begin: "Neuen Tresor beginnen …",
    confirmHeading: "Neuen Tresor beginnen?",
    confirmBody:
      "Der neue Tresor ist leer: Gespeicherte Apps und Passwörter sind nicht darin, und Sie melden sich neu an. Die alte Datei bleibt daneben erhalten; nichts wird gelöscht.",
    confirm: "Neuen Tresor beginnen",
    keep: "Den alten behalten",
    kept: (path) => `Der alte Tresor bleibt erhalten als ${path}`,
  },

  question: {
    profile: (profile) => `Profil ${profile}`,
    connect: (browser) => `${browser} verbinden?`,
    connectMeaning: (browser) => `Zeigt ${browser} denselben Code?`,
    code: (code) => `Der Code ist ${code}`,
    connectCaution:
      "Zeigt er einen anderen oder keinen, ist jemand dazwischen. Ist er verbunden, erhält er Benutzername und Passwort einer App, wenn Sie sich dort anmelden.",
    connectYes: "Es ist derselbe",
    connectNo: "Es ist ein anderer",
    fill: (app) => `${app} ausfüllen?`,
    fillMeaning: (browser) => `${browser} möchte Sie anmelden. Diese App verlangt vorher Ihre PIN.`,
    fillCaution: "Geben Sie sie nur ein, wenn Sie diese App gerade geöffnet haben.",
    fillYes: "Ausfüllen",
    stopAsking: (app) => `Vor dem Ausfüllen von ${app} nicht mehr fragen?`,
    stopAskingMeaning: "Ihre PIN zeigt, dass Sie selbst das ausschalten.",
    stopAskingCaution: "Danach wird die App wie andere ausgefüllt.",
    stopAskingYes: "Nicht mehr fragen",
    firstKeyMeaning: "Danach wird der Schlüssel verlangt, wo bisher Ihre PIN verlangt wurde.",
    firstKeyCaution: "Ihre PIN zeigt, dass Sie selbst ihn hinzufügen.",
    parts: {
      password: "Passwort",
      one_time_code: "Einmalcode",
      notes: "Notizen",
      former_passwords: "Frühere Passwörter",
    },
    reveal: (part, app) => `${part} von ${app} anzeigen?`,
    revealMeaning: (user) => `Ein Befehl in einem Terminal verlangt das. Der Benutzername ist ${user}.`,
    revealMeaningNoUser: "Ein Befehl in einem Terminal verlangt das.",
    revealCaution: "Wählen Sie „Anzeigen“ nur, wenn Sie diesen Befehl gerade eingegeben haben.",
    revealYes: "Anzeigen",
    export: (count) =>
      count === 1
        ? "1 Anmeldung ungeschützt herausgeben?"
        : `${number(count)} Anmeldungen ungeschützt herausgeben?`,
    exportMeaning:
      "Ein Befehl in einem Terminal verlangt alle Ihre Anmeldungen mit Passwörtern. Wer die Datei bekommt, kann sie lesen.",
    exportCaution: "Wählen Sie „Herausgeben“ nur, wenn Sie diesen Befehl gerade eingegeben haben.",
    exportYes: "Herausgeben",
    exportVault: (count) =>
      count === 1
        ? "1 Anmeldung in eine verschlüsselte Datei schreiben?"
        : `${number(count)} Anmeldungen in eine verschlüsselte Datei schreiben?`,
    exportVaultPassphrase: (path) =>
      `Ein Befehl in einem Terminal bittet darum. Die Datei ist ${path}; wer ihre Passphrase kennt, kann die Anmeldungen mit ihren Passwörtern lesen.`,
    exportVaultKeys: (path, keys) =>
      `Ein Befehl in einem Terminal bittet darum. Die Datei ist ${path}; wer einen dieser Schlüssel besitzt, kann die Anmeldungen mit ihren Passwörtern lesen: ${keys}`,
    exportVaultLeftOut: (count) =>
      count === 1
        ? "1 Anmeldung Ihrer Organisation ist nicht dabei."
        : `${number(count)} Anmeldungen Ihrer Organisation sind nicht dabei.`,
    exportVaultCaution: "Wählen Sie „Schreiben“ nur, wenn Sie diesen Befehl gerade eingegeben haben.",
    exportVaultYes: "Schreiben",
    restore: (count) =>
      count === 1
        ? "Sicherung mit 1 Anmeldung wiederherstellen?"
        : `Sicherung mit ${number(count)} Anmeldungen wiederherstellen?`,
    restoreMeaning:
      "Ein Befehl in einem Terminal verlangt das. Der Tresor, wie er ist, wird daneben aufbewahrt.",
    restoreOlder:
      "Ein Befehl in einem Terminal verlangt das. Die Sicherung ist älter als Ihre letzte Änderung: Was Sie seitdem gespeichert haben, ist nicht darin. Der Tresor, wie er ist, wird daneben aufbewahrt.",
    restoreCaution: "Wählen Sie „Wiederherstellen“ nur, wenn Sie diesen Befehl gerade eingegeben haben.",
    restoreYes: "Wiederherstellen",
    unlock: "Lanyard entsperren?",
    unlockMeaning:
      "Ein Befehl in einem Terminal verlangt das. Verbundene Browser füllen dann wieder Ihre Anmeldungen aus.",
    unlockCaution: "Wählen Sie „Entsperren“ nur, wenn Sie diesen Befehl gerade eingegeben haben.",
    unlockYes: "Entsperren",
    rekey: "Dem Tresor neue Schlüssel geben?",
    rekeyMeaning:
      "Ein Befehl in einem Terminal verlangt das. Alles wird neu versiegelt, und nichts geht verloren.",
    rekeyCaution: "Wählen Sie „Neue Schlüssel“ nur, wenn Sie diesen Befehl gerade eingegeben haben.",
    slotsCode: "Einen Wiederherstellungscode erstellen und in einem Terminal anzeigen?",
    slotsPin: "Von einem Terminal aus eine PIN setzen?",
    slotsAlwaysAsk: "Den Tresor jedes Mal nach PIN oder Sicherheitsschlüssel fragen lassen?",
    slotsAskNoMore: "Diesen Laptop allein den Tresor öffnen lassen?",
    slotsRemove: (kind) => `Den Tresor nicht mehr öffnen lassen durch: ${kind}?`,
    slotKinds: {
      device: "diesen Laptop",
      pin: "Ihre PIN",
      security_key: "diesen Sicherheitsschlüssel",
      recovery_code: "Ihren Wiederherstellungscode",
      escrow: "den Schlüssel Ihrer Organisation",
    },
    slotsMeaning: "Ein Befehl in einem Terminal bittet darum. Er ändert, was Ihren Tresor öffnet.",
    slotsCaution: "Stimmen Sie nur zu, wenn Sie diesen Befehl gerade eingegeben haben.",
    slotsYes: "Ändern",
    rekeyYes: "Neue Schlüssel",
    addKey: (name) => `Sicherheitsschlüssel ${name} hinzufügen?`,
    addKeyMeaning: "Ein Befehl in einem Terminal verlangt das. Ihr Browser fragt dann nach dem Schlüssel.",
    addKeyCaution: "Wählen Sie „Hinzufügen“ nur, wenn Sie diesen Befehl gerade eingegeben haben.",
    addKeyYes: "Hinzufügen",
    removeKey: (name) => `Sicherheitsschlüssel ${name} entfernen?`,
    removeKeyMeaning: "Ein Befehl in einem Terminal verlangt das. Der Schlüssel bestätigt dann nichts mehr.",
    removeKeyCaution: "Wählen Sie „Entfernen“ nur, wenn Sie diesen Befehl gerade eingegeben haben.",
    removeKeyYes: "Entfernen",
    revoke: (browser) => `${browser} trennen?`,
    revokeMeaning:
      "Ein Befehl in einem Terminal verlangt das. In diesem Browser wird nichts ausgefüllt, bis Sie ihn wieder verbinden.",
    revokeCaution: "Wählen Sie „Trennen“ nur, wenn Sie diesen Befehl gerade eingegeben haben.",
    revokeYes: "Trennen",
    no: "Nein",
    ends: "Ohne Antwort gilt das als Nein",
  },

  sentences: {
    // What happened.
    "accounts of your organisation's apps do not leave Lanyard":
      "Konten der Apps Ihrer Organisation verlassen Lanyard nicht",
    "the passphrase has fewer than {} characters": "Die Passphrase hat weniger als {0} Zeichen",
    "one of the keys is not a public key of age":
      "Einer der Schlüssel ist kein öffentlicher Schlüssel von age",
    "there have to be between 1 and 20 keys": "Es müssen zwischen 1 und 20 Schlüssel sein",
    "the file cannot be written: {}": "Die Datei kann nicht geschrieben werden: {0}",
    "no security key is registered for this": "Dafür ist kein Sicherheitsschlüssel hinzugefügt",
    "the security key took too long": "Der Sicherheitsschlüssel hat zu lange gebraucht",
    "the browser's answer about the security key is not understood":
      "Die Antwort des Browsers zum Sicherheitsschlüssel ist nicht verständlich",
    "the security key was used by another page than Lanyard's":
      "Der Sicherheitsschlüssel wurde von einer anderen Seite als der von Lanyard verwendet",
    "the security key answered for another site":
      "Der Sicherheitsschlüssel hat für eine andere Website geantwortet",
    "the security key answered another question":
      "Der Sicherheitsschlüssel hat auf eine andere Frage geantwortet",
    "this security key is not registered in Lanyard": "Dieser Sicherheitsschlüssel ist Lanyard nicht bekannt",
    "the signature of the security key is not right": "Die Signatur des Sicherheitsschlüssels stimmt nicht",
    "nobody touched the security key": "Niemand hat den Sicherheitsschlüssel berührt",
    "the security key did not check who is using it":
      "Der Sicherheitsschlüssel hat nicht geprüft, wer ihn verwendet",
    "the security key counts backwards: it may have been copied":
      "Der Sicherheitsschlüssel zählt rückwärts: Er wurde vielleicht kopiert",
    "this security key cannot open the vault": "Dieser Sicherheitsschlüssel kann den Tresor nicht öffnen",
    "the security key cannot be asked": "Der Sicherheitsschlüssel kann nicht gefragt werden",
    "the security key was not used": "Der Sicherheitsschlüssel wurde nicht verwendet",
    "try again when you have it at hand": "Versuchen Sie es erneut, wenn Sie ihn zur Hand haben",
    "no security key confirmed it": "Kein Sicherheitsschlüssel hat es bestätigt",
    "this app wants your security key or your PIN before it is filled":
      "Diese App verlangt Ihren Sicherheitsschlüssel oder Ihre PIN, bevor sie ausgefüllt wird",
    "there is neither a security key nor a PIN": "Es gibt weder einen Sicherheitsschlüssel noch eine PIN",
    "choose a PIN in Lanyard's window, under Security, or add a security key there":
      "Wählen Sie in Lanyards Fenster unter Sicherheit eine PIN, oder fügen Sie dort einen Sicherheitsschlüssel hinzu",
    "this takes your PIN": "Dafür ist Ihre PIN nötig",
    "enter your PIN": "Geben Sie Ihre PIN ein",
    "this does not take your PIN": "Dafür ist keine PIN nötig",
    "answer yes or no": "Antworten Sie mit Ja oder Nein",
    "the security key has no name": "Der Sicherheitsschlüssel hat keinen Namen",
    "no browser is open in which a security key can be used":
      "Es ist kein Browser offen, in dem ein Sicherheitsschlüssel verwendet werden kann",
    "the security key is not asked for any longer": "Nach dem Sicherheitsschlüssel wird nicht mehr gefragt",
    "the security key is asked for too much at once":
      "Nach dem Sicherheitsschlüssel wird an zu vielen Stellen gefragt",
    "there is no such security key": "Diesen Sicherheitsschlüssel gibt es nicht",
    "several security keys are called so": "Mehrere Sicherheitsschlüssel heißen so",
    "there are too many security keys": "Es sind zu viele Sicherheitsschlüssel",
    "this is not a domain of an organisation": "Das ist keine Domain einer Organisation",
    "update Lanyard": "Aktualisieren Sie Lanyard",
    "the list of security keys cannot be read": "Die Liste der Sicherheitsschlüssel ist nicht lesbar",
    "a terminal does not say which apps want a security key or the PIN":
      "Ein Terminal legt nicht fest, welche Apps einen Sicherheitsschlüssel oder die PIN verlangen",
    "`{}` names `{}`, which is no domain for security keys":
      "`{0}` nennt `{1}`; das ist keine Domain für Sicherheitsschlüssel",
    "not confirmed by a security key": "nicht mit einem Sicherheitsschlüssel bestätigt",
    "neither security key nor PIN shown": "weder Sicherheitsschlüssel noch PIN gezeigt",
    "this security key opens the vault already": "Dieser Sicherheitsschlüssel öffnet den Tresor bereits",
    "unlock with it when Lanyard is locked": "Entsperren Sie damit, wenn Lanyard gesperrt ist",
    "a security key opens it": "ein Sicherheitsschlüssel öffnet ihn",
    "a security key opens it no longer": "ein Sicherheitsschlüssel öffnet ihn nicht mehr",
    "security keys": "Sicherheitsschlüssel",
    "add your security key in Lanyard's window, under Security":
      "Fügen Sie Ihren Sicherheitsschlüssel in Lanyards Fenster unter Sicherheit hinzu",
    "try again, and touch the security key within two minutes":
      "Versuchen Sie es erneut, und berühren Sie den Sicherheitsschlüssel binnen zwei Minuten",
    "update the browser and Lanyard, then try again":
      "Aktualisieren Sie den Browser und Lanyard, und versuchen Sie es dann erneut",
    "try again, and use the page that Lanyard opens":
      "Versuchen Sie es erneut, und verwenden Sie die Seite, die Lanyard öffnet",
    "use a key that Lanyard's window lists under Security":
      "Verwenden Sie einen Schlüssel, den Lanyards Fenster unter Sicherheit aufführt",
    "try again; if it stays so, remove the key in Lanyard's window and add it again":
      "Versuchen Sie es erneut; bleibt es so, entfernen Sie den Schlüssel in Lanyards Fenster und fügen Sie ihn neu hinzu",
    "give the key a PIN in the browser's settings, then try again":
      "Geben Sie dem Schlüssel in den Einstellungen des Browsers eine PIN, und versuchen Sie es dann erneut",
    "remove the key in Lanyard's window, ask who else had it, and add another one":
      "Entfernen Sie den Schlüssel in Lanyards Fenster, fragen Sie, wer ihn noch hatte, und fügen Sie einen anderen hinzu",
    "it still confirms that you are there; use another key to open the vault":
      "Er bestätigt weiterhin, dass Sie da sind; öffnen Sie den Tresor mit einem anderen Schlüssel",
    "try again, and use your security key in the browser":
      "Versuchen Sie es erneut, und verwenden Sie Ihren Sicherheitsschlüssel im Browser",
    "show it in the window that opens": "Zeigen Sie ihn in dem Fenster, das aufgeht",
    "open a browser that is connected to Lanyard, then try again":
      "Öffnen Sie einen Browser, der mit Lanyard verbunden ist, und versuchen Sie es dann erneut",
    "start again where you began": "Beginnen Sie noch einmal dort, wo Sie angefangen haben",
    "answer the windows that are open, or wait two minutes":
      "Antworten Sie in den offenen Fenstern, oder warten Sie zwei Minuten",
    "`lanyard keys list` shows the keys": "`lanyard keys list` zeigt die Schlüssel",
    "give the first digits of its id; `lanyard keys list` shows them":
      "Geben Sie die ersten Zeichen seiner Kennung an; `lanyard keys list` zeigt sie",
    "remove one that is not used any longer": "Entfernen Sie einen, der nicht mehr verwendet wird",
    "change it in Lanyard's window": "Ändern Sie es in Lanyards Fenster",
    'several apps are called "{}"': "Mehrere Apps heißen „{0}“",
    "the account is for another address than the page's":
      "Das Konto ist für eine andere Adresse als die der Seite",
    "your organisation allows only its own apps to be saved":
      "Ihre Organisation erlaubt nur, ihre eigenen Apps zu speichern",
    "the form is inside a page of another address": "Das Formular steckt in einer Seite mit anderer Adresse",
    "what you typed is not kept any longer": "Was Sie eingegeben haben, ist nicht mehr vorhanden",
    "the app has no name": "Die App hat keinen Namen",
    "the password is empty": "Das Passwort ist leer",
    "no notes": "keine Notizen",
    "no one-time codes": "keine Einmalcodes",
    "there are {} for this app": "Zu dieser App gibt es {0}",
    "this is not a key for one-time codes": "Das ist kein Schlüssel für Einmalcodes",
    "this browser is not connected to Lanyard": "Dieser Browser ist nicht mit Lanyard verbunden",
    "nobody is signed in": "Niemand ist angemeldet",
    "Lanyard is locked": "Lanyard ist gesperrt",
    "this is not the address of a web page": "Das ist nicht die Adresse einer Webseite",
    "there is no such app in Lanyard": "Diese App gibt es in Lanyard nicht",
    "this page is not at the address the account was saved for":
      "Diese Seite hat nicht die Adresse, für die das Konto gespeichert wurde",
    "the launch took too long or was used already":
      "Das Öffnen hat zu lange gedauert oder wurde schon genutzt",
    "this launch was not for this app": "Geöffnet wurde eine andere App",
    "this browser asked for accounts of too many sites in a short time":
      "Dieser Browser hat in kurzer Zeit Konten zu vieler Seiten verlangt",
    "wait a minute; if it was not you, disconnect the browser in Lanyard":
      "Warten Sie eine Minute; waren Sie es nicht, trennen Sie den Browser in Lanyard",
    "nobody agreed to it in Lanyard's window": "Niemand hat im Lanyard-Fenster zugestimmt",
    "the activity could not be written to a file":
      "Die Aktivität konnte nicht in eine Datei geschrieben werden",
    "no browser waits to be connected": "Kein Browser wartet darauf, verbunden zu werden",
    "several browsers wait to be connected": "Mehrere Browser warten darauf, verbunden zu werden",
    "hello was said already": "Der Browser hat sich zweimal gemeldet",
    "the extension and Lanyard are of versions that do not understand each other":
      "Die Versionen von Erweiterung und Lanyard passen nicht zueinander",
    "the browser went away before it was connected": "Der Browser war weg, bevor er verbunden wurde",
    "the code was not confirmed in the browser": "Der Code wurde im Browser nicht bestätigt",
    "click Lanyard's icon in the browser, then Connect":
      "Klicken Sie im Browser auf das Symbol von Lanyard und dann auf Verbinden",
    "Lanyard's window asks already": "Im Lanyard-Fenster steht schon eine Frage",
    "browsers asked too often": "Browser haben zu oft gefragt",
    "`{}` belongs to another program": "„{0}“ gehört einem anderen Programm",
    "Lanyard's native host is missing at `{}`": "Lanyards Gegenstelle für Browser fehlt unter „{0}“",
    "{} runs in a sandbox and cannot reach Lanyard": "{0} läuft abgeschottet und erreicht Lanyard nicht",
    "{} is told about Lanyard by the package, for everybody on this laptop":
      "{0} ist durch das Paket eingerichtet, für alle auf diesem Laptop",
    "cannot write `{}`": "„{0}“ kann nicht geschrieben werden",
    "this browser is not on this laptop any longer": "Diesen Browser gibt es auf diesem Laptop nicht mehr",
    "a list cannot be copied": "Eine Liste kann nicht kopiert werden",
    "this desktop has no clipboard that Lanyard can use":
      "Dieser Desktop hat keine Zwischenablage, die Lanyard verwenden kann",
    "a message of {} bytes is not understood": "Eine Nachricht von {0} Byte wurde nicht verstanden",
    "a message came before the one before it was answered":
      "Eine Nachricht kam vor der Antwort auf die vorige",
    "no browser could be opened": "Kein Browser konnte geöffnet werden",
    "cannot read `{}`": "„{0}“ kann nicht gelesen werden",
    "`{}` is not used: somebody else than root could have written it":
      "„{0}“ wird nicht verwendet: Jemand anderes als root könnte es geschrieben haben",
    "`{}` is not understood": "„{0}“ wird nicht verstanden",
    "`{}` names `{}` with an address that is not a web page's":
      "„{0}“ nennt „{1}“ mit einer Adresse, die keine Webseite ist",
    "no connected browser has this profile": "Kein verbundener Browser hat dieses Profil",
    "several browsers have a profile that begins so": "Mehrere Browser haben ein Profil, das so beginnt",
    "the browser has no name": "Der Browser hat keinen Namen",
    "the question in Lanyard's window was not answered with yes":
      "Die Frage im Lanyard-Fenster wurde nicht mit Ja beantwortet",
    "this question waits no longer": "Diese Frage wartet nicht mehr",
    "Lanyard's window has questions that wait": "Im Lanyard-Fenster warten Fragen",
    "cannot start": "Lanyard kann nicht starten",
    "Lanyard is starting": "Lanyard startet gerade",
    "Lanyard was quit": "Lanyard wurde beendet",
    "Lanyard has ended": "Lanyard wurde beendet",
    "That is too long": "Das ist zu lang",
    "the window made a mistake": "Das Fenster hat einen Fehler gemacht",
    "close it and open Lanyard again": "Schließen Sie es, und öffnen Sie Lanyard erneut",
    "the browser sent something that Lanyard does not understand":
      "Der Browser hat etwas gesendet, das Lanyard nicht versteht",
    "cannot read the settings at `{}`": "Die Einstellungen in „{0}“ können nicht gelesen werden",
    "the settings at `{}` are not understood": "Die Einstellungen in „{0}“ werden nicht verstanden",
    "this is not the name of a language": "Das ist kein Name einer Sprache",
    "the settings could not be saved": "Die Einstellungen konnten nicht gespeichert werden",
    "another sign-in is under way": "Eine andere Anmeldung läuft schon",
    "the sign-in was cancelled": "Die Anmeldung wurde abgebrochen",
    "there is no sign-in under way": "Es läuft keine Anmeldung",
    "no sign-in address is configured": "Es ist keine Anmeldeadresse eingerichtet",
    "it was not finished": "Es wurde nicht abgeschlossen",
    "the running Lanyard is of another version than this command":
      "Das laufende Lanyard hat eine andere Version als dieser Befehl",
    "the vault is in order": "Der Tresor ist in Ordnung",
    "Lanyard could not open its vault": "Lanyard konnte seinen Tresor nicht öffnen",
    "Lanyard's window could not be opened": "Das Lanyard-Fenster konnte nicht geöffnet werden",
    "Lanyard has no screen to ask on here": "Lanyard hat hier keinen Bildschirm, um zu fragen",
    "this cannot be the address of an identity provider: {}": "Das kann keine Anmeldeadresse sein: {0}",
    "it is not a URL": "Es ist keine Webadresse",
    "it has a query or a fragment": "Sie enthält ein Fragezeichen oder eine Raute",
    "it does not begin with https://": "Sie beginnt nicht mit https://",
    "it contains a user name or a password": "Sie enthält einen Benutzernamen oder ein Passwort",
    "the client id is empty or contains characters that no client id has":
      "Die Client-ID ist leer oder enthält Zeichen, die keine Client-ID hat",
    "the address of {} cannot be found": "Die Adresse von {0} ist nicht zu finden",
    "no secure connection to {}: its certificate or encryption is not accepted":
      "Keine sichere Verbindung zu {0}: Zertifikat oder Verschlüsselung werden nicht akzeptiert",
    "{} cannot be reached": "{0} ist nicht erreichbar",
    "{} is out of order at the moment (HTTP status {})": "{0} ist im Augenblick gestört (HTTP-Status {1})",
    "{} answered with a web page, not as an identity provider does":
      "{0} hat mit einer Webseite geantwortet, nicht wie ein Anmeldedienst",
    "there is no OpenID Connect provider at {}": "Unter {0} gibt es keinen OpenID-Connect-Anbieter",
    "the provider at {} says its issuer is {}": "Der Anbieter unter {0} nennt als Aussteller {1}",
    "the provider gives its {} an address without encryption":
      "Der Anbieter nennt für {0} eine Adresse ohne Verschlüsselung",
    "the provider at {} does not offer sign-in with a code":
      "Der Anbieter unter {0} bietet keine Anmeldung mit Code an",
    "the provider does not accept the client id {} ({})":
      "Der Anbieter akzeptiert die Client-ID {0} nicht ({1})",
    "the sign-in was denied at the provider": "Die Anmeldung wurde beim Anbieter abgelehnt",
    "the code has expired before the sign-in was completed":
      "Der Code ist vor dem Ende der Anmeldung abgelaufen",
    "the provider's proof of identity is not valid: {}":
      "Der Identitätsnachweis des Anbieters ist ungültig: {0}",
    "the provider answered for another person than the one who is signed in":
      "Der Anbieter hat für eine andere als die angemeldete Person geantwortet",
    "the provider has ended this sign-in": "Der Anbieter hat diese Anmeldung beendet",
    "this sign-in cannot be extended: the provider gave no refresh token":
      "Diese Anmeldung lässt sich nicht verlängern: Der Anbieter erlaubt es nicht",
    "the provider's answer is not understood: {}": "Die Antwort des Anbieters wird nicht verstanden: {0}",
    "the sign-in cannot be stored on this computer":
      "Die Anmeldung kann auf diesem Computer nicht gespeichert werden",
    "it is missing": "Er fehlt",
    "it cannot be read": "Er ist nicht lesbar",
    "it is not signed in an accepted way": "Er ist nicht auf zulässige Weise signiert",
    "it is signed with a key that the provider does not publish":
      "Er ist mit einem Schlüssel signiert, den der Anbieter nicht veröffentlicht",
    "its signature is wrong": "Seine Signatur ist falsch",
    "it comes from another issuer": "Er kommt von einem anderen Aussteller",
    "it is meant for another application": "Er ist für eine andere Anwendung bestimmt",
    "it was issued to another application": "Er wurde für eine andere Anwendung ausgestellt",
    "it has expired": "Er ist abgelaufen",
    "its time of issue is not plausible": "Seine Ausstellungszeit ist nicht plausibel",
    "cannot read the key of the vault from the keychain":
      "Der Schlüssel des Tresors kann nicht aus dem Schlüsselbund gelesen werden",
    "the vault opens with your PIN or security key":
      "Der Tresor öffnet sich mit Ihrer PIN oder Ihrem Sicherheitsschlüssel",
    "enter your PIN or touch your security key; your recovery code opens it as well":
      "Geben Sie Ihre PIN ein, oder berühren Sie Ihren Sicherheitsschlüssel; Ihr Wiederherstellungscode öffnet ihn auch",
    "the vault has no {}": "Der Tresor hat dafür nichts eingerichtet: {0}",
    "unlock Lanyard in another way": "Entsperren Sie Lanyard auf eine andere Weise",
    "this is not the {} of the vault": "Das öffnet den Tresor nicht: {0}",
    "try again, or use your recovery code":
      "Versuchen Sie es noch einmal, oder nehmen Sie Ihren Wiederherstellungscode",
    "take the sheet that you made last; an older one opens nothing any more":
      "Nehmen Sie das Blatt, das Sie zuletzt erstellt haben; ein älteres öffnet nichts mehr",
    "use the security key that you added here":
      "Nehmen Sie den Sicherheitsschlüssel, den Sie hier hinzugefügt haben",
    "ask your IT support for another opening of this vault":
      "Bitten Sie Ihre IT-Abteilung, diesen Tresor noch einmal zu öffnen",
    "log out of the computer and in again": "Melden Sie sich am Computer ab und wieder an",
    "too many wrong PINs; the next one can be tried in {} seconds":
      "Zu viele falsche PINs; die nächste kann in {0} Sekunden eingegeben werden",
    "wait, or use your recovery code": "Warten Sie, oder nehmen Sie Ihren Wiederherstellungscode",
    "there is no such way to unlock": "So lässt sich der Tresor nicht öffnen",
    "look at the list of what opens the vault": "Sehen Sie in der Liste nach, was den Tresor öffnet",
    "too little would be left that opens the vault": "Es bliebe zu wenig übrig, das den Tresor öffnet",
    "to always be asked for it, a PIN or security key is needed, and a recovery code or your organisation's escrow":
      "Damit jedes Mal gefragt wird, braucht es eine PIN oder einen Sicherheitsschlüssel, und dazu einen Wiederherstellungscode oder die Hinterlegung bei Ihrer Organisation",
    "the escrow key of your organisation is another, and the one before it has not signed it":
      "Der Schlüssel Ihrer Organisation ist ein anderer, und der vorige hat ihn nicht bestätigt",
    "compare its fingerprint with your IT support, then confirm it":
      "Vergleichen Sie den Fingerabdruck mit Ihrer IT-Abteilung, und bestätigen Sie ihn dann",
    "the backup {} opens with its recovery code only":
      "Die Sicherung {0} öffnet sich nur mit ihrem Wiederherstellungscode",
    "this is not the recovery code of the backup {}":
      "Das ist nicht der Wiederherstellungscode der Sicherung {0}",
    "give its recovery code, restore the keyring of the time when it was made, or choose another backup; nothing was changed":
      "Geben Sie ihren Wiederherstellungscode an, stellen Sie den Schlüsselbund von damals wieder her, oder nehmen Sie eine andere Sicherung; nichts wurde geändert",
    "give its recovery code; nothing was changed":
      "Geben Sie ihren Wiederherstellungscode an; nichts wurde geändert",
    "a backup opens with the recovery code of the time when it was made; nothing was changed":
      "Eine Sicherung öffnet sich mit dem Wiederherstellungscode von damals; nichts wurde geändert",
    "the ways to unlock were changed or rolled back":
      "Was den Tresor öffnet, wurde verändert oder zurückgesetzt",
    "the count of wrong PINs was changed": "Die Zählung der falschen PINs wurde verändert",
    "a PIN has at least 4 characters": "Eine PIN hat mindestens 4 Zeichen",
    "a PIN has at most 64 characters": "Eine PIN hat höchstens 64 Zeichen",
    "choose another PIN": "Wählen Sie eine andere PIN",
    "a recovery code has 12 words, not {}": "Ein Wiederherstellungscode hat 12 Wörter, nicht {0}",
    "word {} is none that a recovery code has": "Wort {0} kommt in keinem Wiederherstellungscode vor",
    "word {} is too short to tell which it is": "Wort {0} ist zu kurz, um eindeutig zu sein",
    "one of the words is another, or they are in another order":
      "Eines der Wörter ist ein anderes, oder die Reihenfolge stimmt nicht",
    "enter all 12 words, in their order, with spaces between them":
      "Geben Sie alle 12 Wörter in ihrer Reihenfolge ein, mit Leerzeichen dazwischen",
    "compare this word with your sheet": "Vergleichen Sie dieses Wort mit Ihrem Blatt",
    "compare each word and the order with your sheet":
      "Vergleichen Sie jedes Wort und die Reihenfolge mit Ihrem Blatt",
    "this is no escrow key of an organisation": "Das ist kein Hinterlegungsschlüssel einer Organisation",
    "the vault has no escrow": "Der Tresor ist nicht hinterlegt",
    "the vault is sealed to the escrow key {}": "Der Tresor ist für den Schlüssel {0} hinterlegt",
    "the escrow of the vault does not open": "Die Hinterlegung des Tresors öffnet sich nicht",
    "it can be opened with its recovery code only":
      "Er lässt sich nur mit seinem Wiederherstellungscode öffnen",
    "use the private key that belongs to this fingerprint":
      "Nehmen Sie den privaten Schlüssel zu diesem Fingerabdruck",
    "try another backup of the vault": "Versuchen Sie es mit einer anderen Sicherung des Tresors",
    "this is not the key of the vault": "Das ist nicht der Schlüssel des Tresors",
    "this is not the PIN": "Das ist nicht die PIN",
    "this security key does not open the vault": "Dieser Sicherheitsschlüssel öffnet den Tresor nicht",
    "this recovery code does not open the vault": "Dieser Wiederherstellungscode öffnet den Tresor nicht",
    "what your organisation opened does not open this vault":
      "Was Ihre Organisation geöffnet hat, öffnet diesen Tresor nicht",
    "this laptop alone does not open the vault": "Dieser Laptop allein öffnet den Tresor nicht",
    "no PIN was set": "Es wurde keine PIN gesetzt",
    "this security key was not added": "Dieser Sicherheitsschlüssel wurde nicht hinzugefügt",
    "no recovery code was made for this vault":
      "Für diesen Tresor wurde kein Wiederherstellungscode erstellt",
    "the vault is not in escrow": "Der Tresor ist nicht hinterlegt",
    "there is a file with this name already": "Es gibt schon eine Datei mit diesem Namen",
    "choose another name; a recovery code takes no file's place":
      "Wählen Sie einen anderen Namen; ein Wiederherstellungscode ersetzt keine Datei",
    "the file could not be written": "Die Datei konnte nicht geschrieben werden",
    "choose a folder that is yours, on a disk that is not full":
      "Wählen Sie einen Ordner, der Ihnen gehört, auf einem Datenträger, der nicht voll ist",
    "this is confirmed in Lanyard's window only": "Das wird nur im Lanyard-Fenster bestätigt",
    "open Lanyard and look at Security": "Öffnen Sie Lanyard, und sehen Sie unter „Sicherheit“ nach",
    "these are not the words at these places of your recovery code":
      "Das sind nicht die Wörter an diesen Stellen Ihres Wiederherstellungscodes",
    "look at what you wrote down": "Sehen Sie nach, was Sie aufgeschrieben haben",
    "this needs your present PIN": "Dafür wird Ihre jetzige PIN gebraucht",
    "enter the PIN that you use now": "Geben Sie die PIN ein, die Sie jetzt verwenden",
    "this is not what an organisation opened": "Das hat keine Organisation geöffnet",
    "name the file that your organisation sent you":
      "Nennen Sie die Datei, die Ihre Organisation Ihnen geschickt hat",
    "there is no new recovery code": "Es gibt keinen neuen Wiederherstellungscode",
    "make one again": "Erstellen Sie noch einmal einen",
    "this is not the escrow key of your organisation": "Das ist nicht der Schlüssel Ihrer Organisation",
    "look at Security again": "Sehen Sie noch einmal unter „Sicherheit“ nach",
    "give the key as `lanyard escrow make-key` printed it":
      "Geben Sie den Schlüssel so an, wie „lanyard escrow make-key“ ihn ausgegeben hat",
    "name the file that `lanyard escrow make-key` wrote":
      "Nennen Sie die Datei, die „lanyard escrow make-key“ geschrieben hat",
    "the file cannot be used: {}": "Die Datei kann nicht verwendet werden: {0}",
    "name a file that is yours; one that is written must not exist yet":
      "Nennen Sie eine Datei, die Ihnen gehört; eine, die geschrieben wird, darf es noch nicht geben",
    "the keychain has no key for the vault at {}":
      "Der Schlüsselbund hat keinen Schlüssel für den Tresor {0}",
    "the vault at {} belongs to another keychain": "Der Tresor {0} gehört zu einem anderen Schlüsselbund",
    "the vault at {} is damaged": "Der Tresor {0} ist beschädigt",
    "the vault at {} has format {}, which is newer than this Lanyard":
      "Der Tresor {0} hat das Format {1}, das neuer ist als dieses Lanyard",
    "cannot bring the vault at {} from format {} to this Lanyard's":
      "Der Tresor {0} kann nicht vom Format {1} auf das dieses Lanyards gebracht werden",
    "{} is not private to you": "{0} ist nicht nur für Sie zugänglich",
    "the vault at {} is in use by another Lanyard": "Der Tresor {0} wird von einem anderen Lanyard verwendet",
    "the vault at {} is in order": "Der Tresor {0} ist in Ordnung",
    "cannot use the vault at {}": "Der Tresor {0} kann nicht verwendet werden",
    "the vault belongs to another keychain": "Der Tresor gehört zu einem anderen Schlüsselbund",
    "the vault is damaged": "Der Tresor ist beschädigt",
    "cannot read the vault at {}": "Der Tresor {0} kann nicht gelesen werden",
    "the vault is locked": "Der Tresor ist gesperrt",
    "there is no record {}": "Den Eintrag {0} gibt es nicht",
    "the vault cannot be changed: {}": "Der Tresor kann nicht geändert werden: {0}",
    "the file is older than the last change that was saved":
      "Die Datei ist älter als die letzte gespeicherte Änderung",
    "cannot use the vault file": "Die Tresordatei kann nicht verwendet werden",
    "a backup is put in the vault's place": "Eine Sicherung tritt an die Stelle des Tresors",
    "a backup is being put in the vault's place": "Eine Sicherung tritt gerade an die Stelle des Tresors",
    "a backup is being restored": "Eine Sicherung wird gerade wiederhergestellt",
    "the backup could not be looked at": "Die Sicherung konnte nicht angesehen werden",
    "there is no backup of this generation": "Von diesem Stand gibt es keine Sicherung",
    "the path of the file is not absolute": "Der Pfad der Datei ist nicht vollständig",
    "there is no backup at {}": "Unter {0} gibt es keine Sicherung",
    "{} is the vault itself": "{0} ist der Tresor selbst",
    "{} is the backup of another vault": "{0} ist die Sicherung eines anderen Tresors",
    "the keychain has no key for the backup {}":
      "Der Schlüsselbund hat keinen Schlüssel für die Sicherung {0}",
    "the backup {} has format {}, which is newer than this Lanyard":
      "Die Sicherung {0} hat das Format {1}, das neuer ist als dieses Lanyard",
    "the backup {} is damaged": "Die Sicherung {0} ist beschädigt",
    "cannot read or write {}": "{0} kann nicht gelesen oder geschrieben werden",
    "it is not a vault of Lanyard": "Das ist kein Tresor von Lanyard",
    "the file is empty": "Die Datei ist leer",
    "the file was cut off": "Die Datei wurde abgeschnitten",
    "only the write-ahead log is there": "Nur das Schreibprotokoll ist vorhanden",
    "the database cannot be read": "Die Datenbank ist nicht lesbar",
    "the database contradicts itself": "Die Datenbank widerspricht sich",
    "the sealed {} does not open": "Ein versiegelter Teil lässt sich nicht öffnen: {0}",
    "record {} does not open": "Der Eintrag {0} lässt sich nicht öffnen",
    "records were removed or rolled back": "Einträge wurden entfernt oder zurückgesetzt",
    "an id is 32 hexadecimal digits": "Eine Kennung hat 32 hexadezimale Ziffern",
    "the keychain is locked": "Der Schlüsselbund ist gesperrt",
    "there is no keychain": "Es gibt keinen Schlüsselbund",
    "the keychain failed": "Der Schlüsselbund ist gestört",
    "the activity log at {} is damaged": "Das Aktivitätsprotokoll {0} ist beschädigt",
    "the activity log at {} belongs to another vault":
      "Das Aktivitätsprotokoll {0} gehört zu einem anderen Tresor",
    "the activity log at {} has format {}, which is newer than this Lanyard":
      "Das Aktivitätsprotokoll {0} hat das Format {1}, das neuer ist als dieses Lanyard",
    "the activity log at {} is in use by another Lanyard":
      "Das Aktivitätsprotokoll {0} wird von einem anderen Lanyard verwendet",
    "cannot use the activity log at {}": "Das Aktivitätsprotokoll {0} kann nicht verwendet werden",
    "it is not an activity log of Lanyard": "Das ist kein Aktivitätsprotokoll von Lanyard",
    "line {} was altered, or one before it was removed":
      "Zeile {0} wurde verändert, oder eine davor wurde entfernt",
    "the end of the log was cut off or altered": "Das Ende des Protokolls wurde abgeschnitten oder verändert",

    // What to do.
    "name it by its id; `lanyard credentials list --json` shows the ids":
      "Nennen Sie die Kennung; `lanyard credentials list --json` zeigt sie",
    "open the app's own login page and add the account there":
      "Öffnen Sie die eigene Anmeldeseite der App und fügen Sie das Konto dort hinzu",
    "ask your administrator to add this app": "Bitten Sie Ihre Administration, diese App hinzuzufügen",
    "open the app's own page and sign in there":
      "Öffnen Sie die eigene Seite der App und melden Sie sich dort an",
    "open the app's own page and fill it there":
      "Öffnen Sie die eigene Seite der App und füllen Sie sie dort aus",
    "sign in by hand once more, then save it":
      "Melden Sie sich noch einmal von Hand an und speichern Sie dann",
    "give the app a name": "Geben Sie der App einen Namen",
    "type the app's password": "Geben Sie das Passwort der App ein",
    "open the app in Lanyard and edit it to add some":
      "Öffnen Sie die App in Lanyard und ergänzen Sie welche",
    "copy the key or the otpauth address that the app shows when it sets up one-time codes":
      "Kopieren Sie den Schlüssel oder die otpauth-Adresse, die die App beim Einrichten von Einmalcodes zeigt",
    "click Lanyard's icon in the browser and connect it":
      "Klicken Sie im Browser auf das Lanyard-Symbol und verbinden Sie ihn",
    "sign in from Lanyard's icon in the tray, or open Lanyard":
      "Melden Sie sich über das Lanyard-Symbol in der Leiste an, oder öffnen Sie Lanyard",
    "unlock it from its icon in the tray, or open Lanyard":
      "Entsperren Sie es über sein Symbol in der Leiste, oder öffnen Sie Lanyard",
    "give an address that begins with https:// or http://":
      "Geben Sie eine Adresse ein, die mit https:// oder http:// beginnt",
    "look for it in Lanyard's list of apps": "Suchen Sie sie in Lanyards Liste der Apps",
    "compare the address with the one in Lanyard; if both are right, sign in by hand once and save it":
      "Vergleichen Sie die Adresse mit der in Lanyard; sind beide richtig, melden Sie sich einmal von Hand an und speichern Sie",
    "launch the app again from Lanyard": "Öffnen Sie die App noch einmal aus Lanyard",
    "ask your administrator if you need them elsewhere":
      "Fragen Sie Ihre Administration, wenn Sie sie anderswo brauchen",
    "take several words: whoever has the file can guess for as long as they like":
      "Nehmen Sie mehrere Wörter: Wer die Datei hat, kann beliebig lange raten",
    "give the line that `age-keygen` calls the public key; it begins with age1":
      "Geben Sie die Zeile an, die `age-keygen` „public key“ nennt; sie beginnt mit age1",
    "give your own key, and those of whoever is to open the file":
      "Geben Sie Ihren eigenen Schlüssel an und die derer, die die Datei öffnen sollen",
    "name a file that does not exist yet, on a disk that has room":
      "Nennen Sie eine Datei, die es noch nicht gibt, auf einem Datenträger mit Platz",
    "try again, and answer the question in Lanyard's window":
      "Versuchen Sie es erneut und beantworten Sie die Frage im Lanyard-Fenster",
    "check that your disk is not full and that your folder for downloads is yours":
      "Prüfen Sie, dass die Festplatte nicht voll ist und dass der Download-Ordner Ihnen gehört",
    "open the browser and see that the Lanyard extension is in it; `lanyard browsers list` shows what is there":
      "Öffnen Sie den Browser und prüfen Sie, dass die Lanyard-Erweiterung darin ist; `lanyard browsers list` zeigt, was da ist",
    "say which one by its profile; `lanyard browsers list` shows them":
      "Nennen Sie das Profil; `lanyard browsers list` zeigt sie",
    "restart the browser": "Starten Sie den Browser neu",
    "update the Lanyard extension": "Aktualisieren Sie die Lanyard-Erweiterung",
    "update the one that is older": "Aktualisieren Sie die ältere",
    "install the Lanyard extension again": "Installieren Sie die Lanyard-Erweiterung neu",
    "answer the question in Lanyard's window": "Beantworten Sie die Frage im Lanyard-Fenster",
    "wait two minutes, then try again": "Warten Sie zwei Minuten und versuchen Sie es erneut",
    "look at the file; if you do not need it, remove it and try again":
      "Sehen Sie die Datei an; wenn Sie sie nicht brauchen, entfernen Sie sie und versuchen Sie es erneut",
    "install Lanyard again": "Installieren Sie Lanyard neu",
    "disconnect the browser in Lanyard's window, or have the package removed":
      "Trennen Sie den Browser im Lanyard-Fenster, oder lassen Sie das Paket entfernen",
    "install the browser from a deb or rpm package instead of snap or flatpak":
      "Installieren Sie den Browser aus einem deb- oder rpm-Paket statt als Snap oder Flatpak",
    "check that your disk is not full, and that the folder is yours and can be written to":
      "Prüfen Sie, dass die Festplatte nicht voll ist und dass der Ordner Ihnen gehört und beschreibbar ist",
    "open the list of browsers again": "Öffnen Sie die Liste der Browser erneut",
    "show it, and copy what you need": "Zeigen Sie sie an und kopieren Sie, was Sie brauchen",
    "show the password and type it": "Zeigen Sie das Passwort an und tippen Sie es ab",
    "correct the address": "Berichtigen Sie die Adresse",
    "open your browser yourself and go to the address that is shown":
      "Öffnen Sie Ihren Browser selbst und gehen Sie zur angezeigten Adresse",
    "`lanyard browsers list` shows the profiles": "`lanyard browsers list` zeigt die Profile",
    "give more digits of the profile": "Nennen Sie mehr Stellen des Profils",
    "give it a name": "Geben Sie ihm einen Namen",
    "try again when you are ready to answer it": "Versuchen Sie es erneut, wenn Sie antworten können",
    "start again in the browser": "Beginnen Sie im Browser noch einmal",
    "answer them in Lanyard's window, then try again":
      "Beantworten Sie sie im Lanyard-Fenster und versuchen Sie es dann erneut",
    "try again in a moment": "Versuchen Sie es gleich noch einmal",
    "open Lanyard again": "Öffnen Sie Lanyard erneut",
    "Start Lanyard again": "Starten Sie Lanyard erneut",
    "Shorten it and try again": "Kürzen Sie es und versuchen Sie es erneut",
    "sign in to this laptop again": "Melden Sie sich neu an diesem Laptop an",
    "somebody else made this folder; ask your administrator to remove it":
      "Jemand anderes hat diesen Ordner angelegt; bitten Sie Ihre Administration, ihn zu entfernen",
    "use the one that runs, or quit it first": "Verwenden Sie das laufende, oder beenden Sie es zuerst",
    "update the Lanyard extension, then restart the browser":
      "Aktualisieren Sie die Lanyard-Erweiterung und starten Sie den Browser neu",
    "give a tag such as `de` or `en`": "Geben Sie ein Kürzel wie `de` oder `en` an",
    "ask your administrator to add the apps you need":
      "Bitten Sie Ihre Administration, die fehlenden Apps hinzuzufügen",
    "check that your disk is not full and that your configuration folder is yours, then try again":
      "Prüfen Sie, dass die Festplatte nicht voll ist und der Konfigurationsordner Ihnen gehört, und versuchen Sie es erneut",
    "finish or cancel it in Lanyard's window first":
      "Beenden Sie sie zuerst im Lanyard-Fenster, oder brechen Sie sie ab",
    "start it again when you are ready": "Starten Sie sie neu, wenn Sie so weit sind",
    "start it again": "Starten Sie sie neu",
    "enter the address and client id that your IT department gives you: in Lanyard's window, or with `lanyard sign-in --issuer URL --client-id ID`":
      "Geben Sie die Adresse und die Client-ID Ihrer IT-Abteilung ein: im Lanyard-Fenster oder mit `lanyard sign-in --issuer URL --client-id ID`",
    "try again": "Versuchen Sie es erneut",
    "quit Lanyard and open it again": "Beenden Sie Lanyard und öffnen Sie es erneut",
    "unlock it; there is no need for a new one": "Entsperren Sie ihn; ein neuer ist nicht nötig",
    "open Lanyard on the desktop, then try again":
      "Öffnen Sie Lanyard auf dem Desktop und versuchen Sie es dann erneut",
    "enter the issuer address exactly as your IT department gives it, for example https://login.example.com":
      "Geben Sie die Adresse genau so ein, wie Ihre IT-Abteilung sie nennt, zum Beispiel https://login.example.com",
    "enter the client id exactly as your IT department gives it":
      "Geben Sie die Client-ID genau so ein, wie Ihre IT-Abteilung sie nennt",
    "check the network connection and the spelling of the issuer address":
      "Prüfen Sie die Netzverbindung und die Schreibweise der Adresse",
    "log in to the guest network in a browser if there is one, check this computer's date, or ask your IT department which certificate is missing":
      "Melden Sie sich im Browser beim Gastnetz an, falls es eines gibt, prüfen Sie das Datum dieses Computers, oder fragen Sie Ihre IT-Abteilung, welches Zertifikat fehlt",
    "check the network connection or VPN, then try again":
      "Prüfen Sie Netzverbindung oder VPN und versuchen Sie es erneut",
    "wait a minute, then try again": "Warten Sie eine Minute und versuchen Sie es erneut",
    "on a guest network, open a browser and log in to the network first; otherwise check the issuer address":
      "Melden Sie sich in einem Gastnetz zuerst mit dem Browser an; prüfen Sie sonst die Adresse",
    "check the issuer address: your IT department knows it":
      "Prüfen Sie die Adresse: Ihre IT-Abteilung kennt sie",
    "if you know the issuer named here, enter it exactly so, with or without the last slash; otherwise ask your IT department":
      "Kennen Sie den genannten Aussteller, geben Sie ihn genau so ein, mit oder ohne Schrägstrich am Ende; fragen Sie sonst Ihre IT-Abteilung",
    "tell your IT department: every address of the provider must begin with https://":
      "Sagen Sie Ihrer IT-Abteilung: Jede Adresse des Anbieters muss mit https:// beginnen",
    "ask your IT department to switch on the device authorization grant for Lanyard":
      "Bitten Sie Ihre IT-Abteilung, für Lanyard „Device Authorization Grant“ einzuschalten",
    "check the client id, and ask your IT department to allow the device authorization grant for it":
      "Prüfen Sie die Client-ID, und bitten Sie Ihre IT-Abteilung, dafür „Device Authorization Grant“ zu erlauben",
    "start again and approve the request, if it was you who asked":
      "Beginnen Sie neu und bestätigen Sie die Anfrage, wenn sie von Ihnen kommt",
    "start again and enter the new code": "Beginnen Sie neu und geben Sie den neuen Code ein",
    "sign in again": "Melden Sie sich neu an",
    "try again; if it stays, tell your IT department":
      "Versuchen Sie es erneut; bleibt es dabei, wenden Sie sich an Ihre IT-Abteilung",
    "check that the keyring is unlocked and the disk is not full, then sign in again":
      "Prüfen Sie, dass der Schlüsselbund entsperrt und die Festplatte nicht voll ist, und melden Sie sich neu an",
    "check the date and time of this computer, then sign in again":
      "Prüfen Sie Datum und Uhrzeit dieses Computers und melden Sie sich neu an",
    "do not go on, and tell your IT department":
      "Machen Sie nicht weiter, und wenden Sie sich an Ihre IT-Abteilung",
    "your keyring was created anew, or the file comes from another computer; use your recovery code, or begin a new vault: the old file is kept beside it":
      "Ihr Schlüsselbund wurde neu angelegt, oder die Datei kommt von einem anderen Computer; nehmen Sie Ihren Wiederherstellungscode, oder beginnen Sie einen neuen Tresor: Die alte Datei bleibt daneben erhalten",
    "put your own vault file back, or begin a new vault: this file is kept beside it":
      "Legen Sie Ihre eigene Tresordatei zurück, oder beginnen Sie einen neuen Tresor: Diese Datei bleibt daneben erhalten",
    "restore the file from a backup, or begin a new vault: the damaged file is kept beside it":
      "Stellen Sie die Datei aus einer Sicherung wieder her, oder beginnen Sie einen neuen Tresor: Die beschädigte Datei bleibt daneben erhalten",
    "check that the disk is not full; else go back to the Lanyard you had before: the vault was left as it is":
      "Prüfen Sie, ob der Datenträger voll ist; sonst kehren Sie zum vorherigen Lanyard zurück: Der Tresor ist unverändert",
    "look into the folder backups beside the vault, and name a file of it":
      "Sehen Sie in den Ordner backups neben dem Tresor und nennen Sie eine Datei daraus",
    "name the file from the root folder on": "Nennen Sie die Datei vom Wurzelordner an",
    "look into the folder backups beside the vault; nothing was changed":
      "Sehen Sie in den Ordner backups neben dem Tresor; nichts wurde geändert",
    "name a backup of it; nothing was changed": "Nennen Sie eine Sicherung davon; nichts wurde geändert",
    "say --other-vault if you want that vault in the place of this one; nothing was changed":
      "Sagen Sie --other-vault, wenn jener Tresor an die Stelle von diesem treten soll; nichts wurde geändert",
    "update Lanyard, then try again; nothing was changed":
      "Aktualisieren Sie Lanyard und versuchen Sie es dann noch einmal; nichts wurde geändert",
    "choose another backup; nothing was changed": "Wählen Sie eine andere Sicherung; nichts wurde geändert",
    "update Lanyard; the vault was left as it is":
      "Aktualisieren Sie Lanyard; der Tresor wurde nicht verändert",
    "make yourself its owner and take access from everybody else: chmod 700 for the folder, 600 for the file":
      "Machen Sie sich zum Eigentümer und nehmen Sie allen anderen den Zugriff: chmod 700 für den Ordner, 600 für die Datei",
    "quit the other Lanyard, then try again": "Beenden Sie das andere Lanyard und versuchen Sie es erneut",
    "unlock it; a new vault is begun only where the old one cannot be opened":
      "Entsperren Sie ihn; ein neuer Tresor wird nur begonnen, wo sich der alte nicht öffnen lässt",
    "check that the disk is not full and that the folder is yours, then try again":
      "Prüfen Sie, dass die Festplatte nicht voll ist und der Ordner Ihnen gehört, und versuchen Sie es erneut",
    "your keyring was created anew; use your recovery code, or begin a new vault: the old file is kept beside it":
      "Ihr Schlüsselbund wurde neu angelegt; nehmen Sie Ihren Wiederherstellungscode, oder beginnen Sie einen neuen Tresor: Die alte Datei bleibt daneben erhalten",
    "check the disk, then try again": "Prüfen Sie die Festplatte und versuchen Sie es erneut",
    "unlock Lanyard, then try again": "Entsperren Sie Lanyard und versuchen Sie es erneut",
    "it was removed in the meantime; look at the list of your apps":
      "Er wurde inzwischen entfernt; sehen Sie in der Liste Ihrer Apps nach",
    "put the newer vault file back, or ask your IT department":
      "Legen Sie die neuere Tresordatei zurück, oder wenden Sie sich an Ihre IT-Abteilung",
    "restore the vault file from a backup": "Stellen Sie die Tresordatei aus einer Sicherung wieder her",
    "check that the disk is not full, then try again":
      "Prüfen Sie, dass die Festplatte nicht voll ist, und versuchen Sie es erneut",
    "check that your disk is not full, then try again":
      "Prüfen Sie, dass Ihre Festplatte nicht voll ist, und versuchen Sie es erneut",
    "unlock your login keyring, then try again; logging in to the computer with your password unlocks it":
      "Entsperren Sie Ihren Schlüsselbund und versuchen Sie es erneut; die Anmeldung am Computer mit Passwort entsperrt ihn",
    "start a keyring (GNOME Keyring or KWallet) in your desktop session and create its default keyring, then try again":
      "Starten Sie einen Schlüsselbund (GNOME Keyring oder KWallet) in Ihrer Sitzung, legen Sie den Standardschlüsselbund an und versuchen Sie es erneut",
    "log out of the computer and in again; if it stays, ask your IT support about the keyring":
      "Melden Sie sich am Computer ab und wieder an; bleibt es dabei, fragen Sie Ihre IT-Abteilung nach dem Schlüsselbund",
    "tell your IT support; a new log is begun and the damaged file is kept beside it":
      "Wenden Sie sich an Ihre IT-Abteilung; ein neues Protokoll wird begonnen, die beschädigte Datei bleibt daneben erhalten",
    "a new log is begun, and this file is kept beside it":
      "Ein neues Protokoll wird begonnen, diese Datei bleibt daneben erhalten",
    "update Lanyard; the file was left as it is":
      "Aktualisieren Sie Lanyard; die Datei wurde nicht verändert",
    "make yourself its owner and take access from everybody else: chmod 600 for the file":
      "Machen Sie sich zum Eigentümer und nehmen Sie allen anderen den Zugriff: chmod 600 für die Datei",

    "nothing was asked for": "Es wurde nach nichts gefragt",
    "the list of sites where saving is never offered cannot be read":
      "Die Liste der Websites, auf denen Speichern nie angeboten wird, lässt sich nicht lesen",
    "update Lanyard; until then nothing is offered to be saved":
      "Aktualisieren Sie Lanyard; bis dahin wird kein Speichern angeboten",
    "the login took too long, or this was filled already":
      "Die Anmeldung hat zu lange gedauert, oder dies wurde bereits ausgefüllt",
    "fill it again from Lanyard's icon in the browser":
      "Füllen Sie es über das Lanyard-Symbol im Browser noch einmal aus",
    "this step does not belong to what was filled before":
      "Dieser Schritt gehört nicht zu dem, was zuvor ausgefüllt wurde",
    "this time is longer than a day": "Diese Zeit ist länger als ein Tag",
    "give at most 1440 minutes": "Geben Sie höchstens 1440 Minuten an",
    "your organisation wants Lanyard locked after {} minutes without use":
      "Ihre Organisation will, dass sich Lanyard nach {0} Minuten ohne Verwendung sperrt",
    "choose a time that is not longer": "Wählen Sie eine Zeit, die nicht länger ist",
    "the program that asks was not installed with the Lanyard that runs":
      "Das Programm, das fragt, wurde nicht mit dem laufenden Lanyard installiert",
    "use the one that was, or install Lanyard again":
      "Verwenden Sie das damit installierte, oder installieren Sie Lanyard neu",
    "too many programs speak to Lanyard": "Zu viele Programme sprechen mit Lanyard",
    "close some of them, then try again": "Schließen Sie einige davon und versuchen Sie es erneut",
    "quit the other Lanyard first": "Beenden Sie zuerst das andere Lanyard",
    "this page is not filled by itself": "Diese Seite wird nicht von selbst ausgefüllt",
    "fill it from Lanyard's icon in the browser": "Füllen Sie sie über das Lanyard-Symbol im Browser aus",
    "this page was filled a short time ago and is not filled by itself again":
      "Diese Seite wurde vor Kurzem ausgefüllt und wird nicht noch einmal von selbst ausgefüllt",

    // Why, as the activity log has it.
    "login with one-time code": "Anmeldung mit Einmalcode",
    "user name alone": "nur Benutzername",
    "password alone": "nur Passwort",
    "one-time code alone": "nur Einmalcode",
    "further fields alone": "nur weitere Felder",
    "one-time code too": "auch Einmalcode",
    "next step too late, or filled already": "nächster Schritt zu spät oder bereits ausgefüllt",
    "next step of another fill": "nächster Schritt eines anderen Ausfüllens",
    "not filled by itself": "nicht von selbst ausgefüllt",
    "filled a short time ago": "vor Kurzem ausgefüllt",
    "browser not connected": "Browser nicht verbunden",
    "nobody signed in": "niemand angemeldet",
    locked: "gesperrt",
    "no such app": "diese App gibt es nicht",
    "another address than the app's": "andere Adresse als die der App",
    "accounts of too many sites in a short time": "Konten zu vieler Seiten in kurzer Zeit",
    "without a code, as the organisation allows": "ohne Code, wie die Organisation es erlaubt",
    "inside a page of another address": "in einer Seite mit anderer Adresse",
    "launch ended": "Öffnen zu lange her",
    "launch of another app or browser": "andere App oder anderer Browser geöffnet",
    "nobody agreed": "niemand hat zugestimmt",
    "the organisation's accounts stay here": "die Konten der Organisation bleiben hier",
    "not a web page, or not an app": "keine Webseite oder keine App",
    "the page changed": "die Seite hat sich geändert",
    "the form was gone": "das Formular war weg",
    "the page did not keep the values": "die Seite hat die Eingaben nicht behalten",
    "something lay over the form": "etwas lag über dem Formular",
    "a value was longer than its field": "ein Wert war länger als sein Feld",
    "the form led to another address": "das Formular führte an eine andere Adresse",
    "the page asked for another account": "die Seite fragte nach einem anderen Konto",
    "the site did not accept it": "die Website nahm es nicht an",
    "by the person": "von Ihnen",
    "signed out": "abgemeldet",
    "the screen was locked": "der Bildschirm wurde gesperrt",
    "the laptop went to sleep": "der Laptop ging in den Ruhezustand",
    "another session came to the front": "eine andere Sitzung kam in den Vordergrund",
    "the provider ended the sign-in": "der Anbieter hat die Anmeldung beendet",
    "the provider will be told later": "der Anbieter erfährt es später",
    "offer to save": "Speichern anbieten",
    "never offer to save": "Speichern nie anbieten",
    "offers to save": "bietet Speichern an",
    "does not offer to save": "bietet Speichern nicht an",
    "starts at login": "startet bei der Anmeldung",
    "does not start at login": "startet nicht bei der Anmeldung",
    "nobody used it for a minute": "eine Minute lang nicht verwendet",
    "nobody used it for {} minutes": "{0} Minuten lang nicht verwendet",
    "when it locks by itself": "wann es sich von selbst sperrt",
    language: "Sprache",
    "light or dark": "hell oder dunkel",
  },
};
