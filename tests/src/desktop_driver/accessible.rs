//! The accessibility bus, and one element on it.
//!
//! A web view's process has a connection of its own; its page hangs below the window as a child on another bus name, so
//! a walk down the tree has to follow name and path together.

use std::time::Duration;

use serde::de::DeserializeOwned;
use zbus::names::OwnedBusName;
use zbus::zvariant::{DynamicType, OwnedObjectPath, OwnedValue};
use zbus::{Connection, proxy};

use crate::{DriverError, role};

const REGISTRY: &str = "org.a11y.atspi.Registry";
const ROOT: &str = "/org/a11y/atspi/accessible/root";
const TEXT: &str = "org.a11y.atspi.Text";
/// A program that hangs, or is only starting, is looked at again later.
const PATIENCE: Duration = Duration::from_secs(1);
const ACCESSIBLE: &str = "org.a11y.atspi.Accessible";

#[proxy(interface = "org.a11y.Bus", default_service = "org.a11y.Bus", default_path = "/org/a11y/bus")]
trait Launcher {
    fn get_address(&self) -> zbus::Result<String>;
}

#[proxy(interface = "org.a11y.Status", default_service = "org.a11y.Bus", default_path = "/org/a11y/bus")]
trait Status {
    #[zbus(property)]
    fn set_is_enabled(&self, enabled: bool) -> zbus::Result<()>;
}

/// The accessibility bus.
pub(crate) struct Accessibility {
    pub(crate) bus: Connection,
}

impl Accessibility {
    /// Says that somebody listens, as a screen reader does, and connects. Programs that started before take part too.
    pub(crate) async fn enable(session: &Connection) -> Result<Self, DriverError> {
        StatusProxy::new(session).await?.set_is_enabled(true).await?;
        let address = LauncherProxy::new(session).await?.get_address().await?;
        let bus =
            zbus::connection::Builder::address(address.as_str())?.method_timeout(PATIENCE).build().await?;
        let registry =
            Accessible::new(&bus, REGISTRY.try_into().map_err(zbus::Error::from)?, ROOT.try_into()?);
        // Programs send only those events that somebody registered for.
        for event in ["object:", "window:", "document:"] {
            registry.call_at::<()>("/org/a11y/atspi/registry", REGISTRY, "RegisterEvent", &(event,)).await?;
        }
        Ok(Self { bus })
    }

    /// The programs with a window.
    pub(crate) async fn programs(&self) -> Result<Vec<Accessible>, DriverError> {
        let registry =
            Accessible::new(&self.bus, REGISTRY.try_into().map_err(zbus::Error::from)?, ROOT.try_into()?);
        Ok(registry.children().await?)
    }
}

/// One element.
#[derive(Clone)]
pub(crate) struct Accessible {
    bus: Connection,
    pub(crate) name: OwnedBusName,
    pub(crate) path: OwnedObjectPath,
}

impl Accessible {
    fn new(bus: &Connection, name: OwnedBusName, path: OwnedObjectPath) -> Self {
        Self { bus: bus.clone(), name, path }
    }

    pub(crate) async fn children(&self) -> zbus::Result<Vec<Self>> {
        let mut children: Vec<(String, OwnedObjectPath)> = self.call(ACCESSIBLE, "GetChildren", &()).await?;
        if children.is_empty() {
            // GTK's bridge leaves the page in a web view out of `GetChildren`, but not out of these two.
            let count = i32::try_from(self.property("ChildCount").await?)?;
            for index in 0..count {
                children.push(self.call(ACCESSIBLE, "GetChildAtIndex", &(index,)).await?);
            }
        }
        // A program that is going away lists children without a name.
        let named = children.into_iter().filter_map(|(name, path)| Some((name.try_into().ok()?, path)));
        Ok(named.map(|(name, path)| Self::new(&self.bus, name, path)).collect())
    }

    pub(crate) async fn role(&self) -> zbus::Result<&'static str> {
        Ok(role::name(self.call(ACCESSIBLE, "GetRole", &()).await?))
    }

    /// The accessible name.
    pub(crate) async fn label(&self) -> zbus::Result<String> {
        Ok(String::try_from(self.property("Name").await?)?)
    }

    /// Whether it has a text apart from its name. GTK complains when text is asked of what has none.
    pub(crate) async fn has_text(&self) -> zbus::Result<bool> {
        let interfaces: Vec<String> = self.call(ACCESSIBLE, "GetInterfaces", &()).await?;
        Ok(interfaces.iter().any(|interface| interface == TEXT))
    }

    /// State bits, low word first.
    pub(crate) async fn states(&self) -> zbus::Result<Vec<u32>> {
        self.call(ACCESSIBLE, "GetState", &()).await
    }

    /// Its text.
    pub(crate) async fn text(&self) -> zbus::Result<String> {
        self.call(TEXT, "GetText", &(0_i32, -1_i32)).await
    }

    /// Left, top, width and height on the screen.
    pub(crate) async fn extents(&self) -> zbus::Result<(i32, i32, i32, i32)> {
        const SCREEN: u32 = 0;
        let ((left, top, width, height),): ((i32, i32, i32, i32),) =
            self.call("org.a11y.atspi.Component", "GetExtents", &(SCREEN,)).await?;
        Ok((left, top, width, height))
    }

    /// Does what a click does.
    pub(crate) async fn press(&self) -> zbus::Result<()> {
        let done = self.call("org.a11y.atspi.Action", "DoAction", &(0_i32,)).await?;
        if done {
            Ok(())
        } else {
            Err(zbus::Error::Failure("the element does nothing when it is pressed".into()))
        }
    }

    pub(crate) async fn grab_focus(&self) -> zbus::Result<()> {
        let done = self.call("org.a11y.atspi.Component", "GrabFocus", &()).await?;
        if done { Ok(()) } else { Err(zbus::Error::Failure("the element does not take the focus".into())) }
    }

    async fn property(&self, name: &str) -> zbus::Result<OwnedValue> {
        self.call("org.freedesktop.DBus.Properties", "Get", &(ACCESSIBLE, name)).await
    }

    async fn call<T: DeserializeOwned + zbus::zvariant::Type>(
        &self,
        interface: &str,
        method: &str,
        body: &(impl serde::Serialize + DynamicType),
    ) -> zbus::Result<T> {
        self.call_at(self.path.as_str(), interface, method, body).await
    }

    async fn call_at<T: DeserializeOwned + zbus::zvariant::Type>(
        &self,
        path: &str,
        interface: &str,
        method: &str,
        body: &(impl serde::Serialize + DynamicType),
    ) -> zbus::Result<T> {
        let reply = self.bus.call_method(Some(&self.name), path, Some(interface), method, body).await?;
        reply.body().deserialize()
    }
}
