//! The tray on Linux: a StatusNotifierItem on the session bus, drawn by the panel, without GTK.

use ksni::menu::StandardItem;
use ksni::{MenuItem, ToolTip, TrayMethods as _};
use lanyard_companion::tray::{Action, Item, Tray};
use tokio::sync::{mpsc, watch};

use super::icon;

/// Shows the tray for as long as the companion runs. Without a session bus there is none, and everything else works.
pub(crate) async fn show(mut shown: watch::Receiver<Tray>, actions: mpsc::Sender<Action>) {
    let tray = OnBus { tray: shown.borrow_and_update().clone(), actions };
    // A panel may come later, so a missing one is no reason not to be there.
    let Ok(handle) = tray.assume_sni_available(true).spawn().await else { return };
    while shown.changed().await.is_ok() {
        let tray = shown.borrow_and_update().clone();
        handle.update(|on_bus| on_bus.tray = tray).await;
    }
}

struct OnBus {
    tray: Tray,
    actions: mpsc::Sender<Action>,
}

impl OnBus {
    fn act(&self, action: Action) {
        // A person who clicks faster than sixteen times is waited for, not queued.
        let _ = self.actions.try_send(action);
    }
}

impl ksni::Tray for OnBus {
    fn id(&self) -> String {
        "lanyard".into()
    }

    fn title(&self) -> String {
        "Lanyard".into()
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        icon::pixmaps(self.tray.icon)
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: "Lanyard".into(), description: self.tray.title.clone(), ..ToolTip::default() }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.act(Action::Open);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        self.tray.menu.iter().map(line).collect()
    }
}

fn line(item: &Item) -> MenuItem<OnBus> {
    match item {
        Item::Separator => MenuItem::Separator,
        Item::Label(text) => {
            StandardItem { label: escape(text), enabled: false, ..StandardItem::default() }.into()
        }
        Item::Choice(text, action) => {
            let action = action.clone();
            StandardItem {
                label: escape(text),
                activate: Box::new(move |on_bus: &mut OnBus| on_bus.act(action.clone())),
                ..StandardItem::default()
            }
            .into()
        }
    }
}

/// In a D-Bus menu an underscore marks the access key; two are one underscore.
fn escape(text: &str) -> String {
    text.replace('_', "__")
}
