//! The tray item of one process: `org.kde.StatusNotifierItem` and its `com.canonical.dbusmenu`.

use std::collections::HashMap;
use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;
use zbus::message::Type;
use zbus::zvariant::{OwnedValue, Structure, Value};
use zbus::{Connection, MatchRule, Proxy};

use crate::DriverError;
use crate::request::TrayLook;
use crate::signals::Signals;
use crate::wait;

/// Signals tell of every change; this is for an item that comes or goes.
const AGAIN: Duration = Duration::from_millis(100);

/// The tray item of one process.
pub(crate) struct Tray<'a> {
    session: &'a Connection,
    pid: u32,
}

/// What a person sees of it.
#[derive(Debug, Serialize)]
pub(crate) struct TrayView {
    title: String,
    status: String,
    icon_name: String,
    /// Width and height of the icons that come with it.
    icons: Vec<(i32, i32)>,
    tooltip: String,
    menu: Vec<MenuItem>,
}

/// One line of the menu.
#[derive(Debug, Serialize)]
pub(crate) struct MenuItem {
    #[serde(skip)]
    id: i32,
    label: String,
    enabled: bool,
    separator: bool,
    children: Vec<MenuItem>,
}

/// Width, height, pixels.
type Pixmap = (i32, i32, Vec<u8>);
/// Icon by name, icon, title, text.
type ToolTip = (String, Vec<Pixmap>, String, String);
/// Id, properties, children.
type Layout = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

impl<'a> Tray<'a> {
    pub(crate) fn of(session: &'a Connection, pid: u32) -> Self {
        Self { session, pid }
    }

    /// Opens the menu and reads it, with everything else the item shows.
    pub(crate) async fn read(&self) -> Result<TrayView, DriverError> {
        let item = self.proxy("/StatusNotifierItem", "org.kde.StatusNotifierItem").await?;
        let icons: Vec<Pixmap> = item.get_property("IconPixmap").await.unwrap_or_default();
        let (_, _, tip_title, tip_text): ToolTip = item.get_property("ToolTip").await.unwrap_or_default();
        Ok(TrayView {
            title: item.get_property("Title").await?,
            status: item.get_property("Status").await?,
            icon_name: item.get_property("IconName").await.unwrap_or_default(),
            icons: icons.into_iter().map(|(width, height, _)| (width, height)).collect(),
            tooltip: [tip_title, tip_text]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join("\n"),
            menu: self.menu().await?,
        })
    }

    /// Waits until it looks like this.
    pub(crate) async fn wait(&self, until: &TrayLook, timeout_ms: u64) -> Result<TrayView, DriverError> {
        let deadline = wait::deadline(timeout_ms);
        self.see(
            deadline,
            || format!("tray item with {until:?}"),
            |tray| matches(&tray, until).then_some(tray),
        )
        .await
    }

    /// Chooses a line of the menu once it is there and enabled.
    pub(crate) async fn click(&self, label: &str, timeout_ms: u64) -> Result<MenuItem, DriverError> {
        let deadline = wait::deadline(timeout_ms);
        let wanted = || format!("`{label}` to choose in the tray menu");
        let item =
            self.see(deadline, wanted, |tray| take(tray.menu, label).filter(|item| item.enabled)).await?;
        let menu = self.proxy("/MenuBar", "com.canonical.dbusmenu").await?;
        menu.call::<_, _, ()>("Event", &(item.id, "clicked", Value::from(0_i32), 0_u32)).await?;
        Ok(item)
    }

    async fn see<T>(
        &self,
        deadline: Instant,
        wanted: impl Fn() -> String,
        pick: impl Fn(TrayView) -> Option<T>,
    ) -> Result<T, DriverError> {
        // Everything the item's connection says: NewIcon, NewToolTip, LayoutUpdated, ItemsPropertiesUpdated.
        let rule = MatchRule::builder().msg_type(Type::Signal).sender(self.name())?.build().to_owned();
        let signals = Signals::subscribe(self.session, rule).await?;
        let last = std::cell::RefCell::new(String::from("no tray item"));
        let look = async || {
            let tray = self.read().await?;
            *last.borrow_mut() = describe(&tray);
            Ok(pick(tray))
        };
        wait::until(signals, AGAIN, deadline, look, || format!("{}; there is {}", wanted(), last.borrow()))
            .await
    }

    async fn menu(&self) -> Result<Vec<MenuItem>, DriverError> {
        let menu = self.proxy("/MenuBar", "com.canonical.dbusmenu").await?;
        menu.call::<_, _, bool>("AboutToShow", &(0_i32)).await?;
        let (_, root): (u32, Layout) = menu.call("GetLayout", &(0_i32, -1_i32, Vec::<String>::new())).await?;
        root.2.into_iter().map(parse_item).collect()
    }

    async fn proxy(
        &self,
        path: &'static str,
        interface: &'static str,
    ) -> Result<Proxy<'static>, DriverError> {
        let proxy: zbus::proxy::Builder<'_, Proxy<'static>> = zbus::proxy::Builder::new(self.session);
        Ok(proxy
            .destination(self.name())?
            .path(path)?
            .interface(interface)?
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await?)
    }

    fn name(&self) -> String {
        format!("org.kde.StatusNotifierItem-{}-1", self.pid)
    }
}

fn parse_item(value: OwnedValue) -> Result<MenuItem, DriverError> {
    let structure = Structure::try_from(value)?;
    let (id, mut properties, children) = <Layout>::try_from(structure)?;
    let kind: Option<String> = take_property(&mut properties, "type");
    Ok(MenuItem {
        id,
        label: without_mnemonic(&take_property::<String>(&mut properties, "label").unwrap_or_default()),
        enabled: take_property(&mut properties, "enabled").unwrap_or(true),
        separator: kind.as_deref() == Some("separator"),
        children: children.into_iter().map(parse_item).collect::<Result<_, _>>()?,
    })
}

fn take_property<T: TryFrom<OwnedValue>>(
    properties: &mut HashMap<String, OwnedValue>,
    name: &str,
) -> Option<T> {
    properties.remove(name).and_then(|value| T::try_from(value).ok())
}

/// `_` marks the next letter as the one to press, `__` is an underscore.
fn without_mnemonic(label: &str) -> String {
    let mut plain = String::with_capacity(label.len());
    let mut letters = label.chars();
    while let Some(letter) = letters.next() {
        if letter == '_' {
            plain.extend(letters.next());
        } else {
            plain.push(letter);
        }
    }
    plain
}

fn take(menu: Vec<MenuItem>, label: &str) -> Option<MenuItem> {
    menu.into_iter()
        .find_map(|item| if item.label == label { Some(item) } else { take(item.children, label) })
}

fn find<'a>(menu: &'a [MenuItem], label: &str) -> Option<&'a MenuItem> {
    menu.iter().find_map(|item| if item.label == label { Some(item) } else { find(&item.children, label) })
}

fn matches(tray: &TrayView, look: &TrayLook) -> bool {
    let has = look.has.as_ref().is_none_or(|label| {
        find(&tray.menu, label).is_some_and(|item| look.enabled.is_none_or(|enabled| item.enabled == enabled))
    });
    let has_not = look.has_not.as_ref().is_none_or(|label| find(&tray.menu, label).is_none());
    has && has_not && look.says.as_ref().is_none_or(|part| describe(tray).contains(part.as_str()))
}

fn describe(tray: &TrayView) -> String {
    fn labels(menu: &[MenuItem], out: &mut Vec<String>) {
        for item in menu.iter().filter(|item| !item.separator) {
            out.push(if item.enabled { item.label.clone() } else { format!("({})", item.label) });
            labels(&item.children, out);
        }
    }
    let mut menu = Vec::new();
    labels(&tray.menu, &mut menu);
    format!("{:?} {:?} [{}]", tray.title, tray.tooltip, menu.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(label: &str, enabled: bool) -> MenuItem {
        MenuItem { id: 1, label: label.into(), enabled, separator: false, children: Vec::new() }
    }

    fn tray() -> TrayView {
        let parent = MenuItem { children: vec![item("Payroll 2004", true)], ..item("Recent", true) };
        TrayView {
            title: "Lanyard".into(),
            status: "Active".into(),
            icon_name: String::new(),
            icons: Vec::new(),
            tooltip: "Signed in as Alice".into(),
            menu: vec![item("Lock", false), parent],
        }
    }

    fn look(has: Option<&str>) -> TrayLook {
        TrayLook { has: has.map(Into::into), has_not: None, enabled: None, says: None }
    }

    #[test]
    fn mnemonics_are_left_out_of_labels() {
        assert_eq!(without_mnemonic("_Sign in…"), "Sign in…");
        assert_eq!(without_mnemonic("snake__case"), "snake_case");
        assert_eq!(without_mnemonic("end_"), "end");
    }

    #[test]
    fn items_are_found_in_submenus() {
        assert!(matches(&tray(), &look(Some("Payroll 2004"))));
        assert!(!matches(&tray(), &look(Some("Payroll 2005"))));
    }

    #[test]
    fn an_item_that_cannot_be_chosen_is_not_an_enabled_one() {
        assert!(matches(&tray(), &TrayLook { enabled: Some(false), ..look(Some("Lock")) }));
        assert!(!matches(&tray(), &TrayLook { enabled: Some(true), ..look(Some("Lock")) }));
    }

    #[test]
    fn an_item_that_must_not_be_there_is_minded() {
        assert!(matches(&tray(), &TrayLook { has_not: Some("Unlock".into()), ..look(None) }));
        assert!(!matches(&tray(), &TrayLook { has_not: Some("Lock".into()), ..look(None) }));
    }

    #[test]
    fn what_it_says_includes_the_tooltip() {
        assert!(matches(&tray(), &TrayLook { says: Some("as Alice".into()), ..look(None) }));
        assert!(!matches(&tray(), &TrayLook { says: Some("as Bob".into()), ..look(None) }));
    }
}
