//! What the windows of a program show: elements by role and name.

use std::cell::RefCell;
use std::time::Duration;

use serde::Serialize;
use zbus::MatchRule;
use zbus::message::Type;

use crate::DriverError;
use crate::accessible::{Accessibility, Accessible};
use crate::request::ElementLook;
use crate::signals::Signals;
use crate::wait;

/// Most changes send an event; a page that replaces its whole tree does not always.
const AGAIN: Duration = Duration::from_millis(150);
/// AT-SPI's bits: can be used, is drawn.
const ENABLED: u32 = 8;
const SHOWING: u32 = 25;

/// What a person, or a screen reader, is told of an element.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ElementView {
    role: &'static str,
    name: String,
    text: String,
    enabled: bool,
    showing: bool,
    depth: usize,
}

impl Accessibility {
    /// Everything the windows of a program show, top down.
    pub(crate) async fn elements(&self, app: &str) -> Result<Vec<ElementView>, DriverError> {
        Ok(self.walk(app, |_| false).await?.into_iter().map(|(_, view)| view).collect())
    }

    /// Waits for an element that is drawn.
    pub(crate) async fn wait_for(
        &self,
        look: &ElementLook,
        timeout_ms: u64,
    ) -> Result<(Accessible, ElementView), DriverError> {
        self.see(look, timeout_ms, |mut elements| elements.pop_if(|(_, view)| matches(view, look))).await
    }

    /// Waits until no such element is drawn.
    pub(crate) async fn wait_until_gone(
        &self,
        look: &ElementLook,
        timeout_ms: u64,
    ) -> Result<(), DriverError> {
        let is_gone = |elements: Vec<(Accessible, ElementView)>| {
            elements.last().is_none_or(|(_, view)| !matches(view, look)).then_some(())
        };
        self.see(look, timeout_ms, is_gone).await
    }

    /// Picks from what was walked over: up to the first match, or everything.
    async fn see<T>(
        &self,
        look: &ElementLook,
        timeout_ms: u64,
        pick: impl Fn(Vec<(Accessible, ElementView)>) -> Option<T>,
    ) -> Result<T, DriverError> {
        let deadline = wait::deadline(timeout_ms);
        let rule = MatchRule::builder().msg_type(Type::Signal).path_namespace("/org/a11y/atspi")?.build();
        let signals = Signals::subscribe(&self.bus, rule).await?;
        let last = RefCell::new(String::new());
        let seek = async || {
            let elements = self.walk(&look.app, |view| matches(view, look)).await?;
            *last.borrow_mut() = describe(&elements);
            Ok(pick(elements))
        };
        wait::until(signals, AGAIN, deadline, seek, || {
            format!("{look:?}; the window shows {}", last.borrow())
        })
        .await
    }

    /// Walks over the elements, as they read, up to the first that is `enough`.
    async fn walk(
        &self,
        app: &str,
        enough: impl Fn(&ElementView) -> bool,
    ) -> Result<Vec<(Accessible, ElementView)>, DriverError> {
        let mut found = Vec::new();
        for program in self.programs().await? {
            if program.label().await.is_ok_and(|name| name == app) {
                collect(program, &mut found, &enough).await;
                if found.last().is_some_and(|(_, view)| enough(view)) {
                    break;
                }
            }
        }
        Ok(found)
    }
}

/// Depth first, as it reads. An element that goes away while it is looked at is left out.
async fn collect(
    root: Accessible,
    found: &mut Vec<(Accessible, ElementView)>,
    enough: impl Fn(&ElementView) -> bool,
) {
    let mut stack = vec![(root, 0)];
    while let Some((element, depth)) = stack.pop() {
        let Ok(view) = read(&element, depth).await else { continue };
        if enough(&view) {
            found.push((element, view));
            return;
        }
        let children = element.children().await.unwrap_or_default();
        found.push((element, view));
        stack.extend(children.into_iter().rev().map(|child| (child, depth + 1)));
    }
}

async fn read(element: &Accessible, depth: usize) -> zbus::Result<ElementView> {
    let states = element.states().await?;
    let has = |bit: u32| states.first().is_some_and(|word| word & (1 << bit) != 0);
    let role = element.role().await?;
    // What a person types into a password field is nobody's to read.
    let text = if role != "password text" && element.has_text().await? {
        element.text().await?
    } else {
        String::new()
    };
    Ok(ElementView {
        name: element.label().await?,
        text,
        role,
        enabled: has(ENABLED),
        showing: has(SHOWING),
        depth,
    })
}

fn matches(view: &ElementView, look: &ElementLook) -> bool {
    let says = |part: &String| view.name.contains(part.as_str()) || view.text.contains(part.as_str());
    view.showing
        && look.role.as_ref().is_none_or(|role| view.role == role)
        && look.name.as_ref().is_none_or(|name| view.name == *name)
        && look.name_begins.as_ref().is_none_or(|begin| view.name.starts_with(begin.as_str()))
        && look.says.as_ref().is_none_or(says)
}

fn describe(elements: &[(Accessible, ElementView)]) -> String {
    if elements.is_empty() {
        return "nothing: it is not open".into();
    }
    let named = elements.iter().filter(|(_, view)| !view.name.is_empty() || !view.text.is_empty());
    let lines = named.map(|(_, view)| {
        let words = if view.name.is_empty() { &view.text } else { &view.name };
        format!("{} {words:?}", view.role)
    });
    lines.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view() -> ElementView {
        ElementView {
            role: "button",
            name: "Payroll 2004, alice".into(),
            text: String::new(),
            enabled: true,
            showing: true,
            depth: 3,
        }
    }

    fn look() -> ElementLook {
        ElementLook { app: "lanyard-window".into(), role: None, name: None, name_begins: None, says: None }
    }

    #[test]
    fn role_and_the_beginning_of_a_name_find_a_button() {
        let wanted =
            ElementLook { role: Some("button".into()), name_begins: Some("Payroll 2004".into()), ..look() };
        assert!(matches(&view(), &wanted));
        assert!(!matches(&view(), &ElementLook { role: Some("heading".into()), ..wanted }));
    }

    #[test]
    fn a_name_is_the_whole_name() {
        assert!(!matches(&view(), &ElementLook { name: Some("Payroll 2004".into()), ..look() }));
    }

    #[test]
    fn what_is_not_drawn_is_not_found() {
        assert!(matches(&view(), &look()));
        assert!(!matches(&ElementView { showing: false, ..view() }, &look()));
    }
}
