//! Apps: launched and added, for the window, the terminal and the tray alike.

use std::rc::Rc;

use lanyard_catalog::Origin;
use lanyard_protocol::common::{NewApp, Problem};
use lanyard_vault::RecordId;

use crate::core::Core;
use crate::open_url;

/// What came of a launch.
pub(crate) struct Launched {
    /// The login page.
    pub(crate) url: String,
    /// The paired browser that opens it, where one is connected.
    pub(crate) browser: Option<String>,
}

impl Core {
    /// Launches an app: in the paired browser that was used last, else in the system's browser, whose extension claims the
    /// launch when it connects.
    pub(crate) fn launch(self: &Rc<Self>, app: &str, open: bool) -> Result<Launched, Problem> {
        let record = self.broker.borrow().find_app(app)?;
        let url = self.broker.borrow().login_url(record)?;
        let browser = self.browsers.used_last();
        let launch =
            self.broker.borrow_mut().launch(record, browser.as_ref().map(|one| &one.browser), open)?;
        self.changed();
        self.window.tell(lanyard_protocol::window::Event::AppsChanged {});
        if let Some(one) = browser {
            one.tell_launch(launch);
            Ok(Launched { url, browser: Some(one.browser.name) })
        } else {
            if open {
                open_url::open_url(&url)?;
            }
            Ok(Launched { url, browser: None })
        }
    }

    /// Adds an app.
    pub(crate) fn add_app(&self, new: NewApp) -> Result<RecordId, Problem> {
        let (record, origin) = self.broker.borrow_mut().add_app(new)?;
        self.account_added(&origin);
        Ok(record)
    }

    /// Tells browsers and the window that there is one more account.
    pub(crate) fn account_added(&self, origin: &Origin) {
        self.browsers.tell_origin(&self.broker.borrow(), origin.as_str());
        self.window.tell(lanyard_protocol::window::Event::AppsChanged {});
        self.changed();
    }
}
