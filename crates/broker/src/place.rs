//! Which app's accounts a form may be about: that of its page's origin, or of the app whose definition names the page or the
//! frame.

use lanyard_catalog::{App, Origin};
use lanyard_protocol::browser::Frame;

use crate::Broker;

impl Broker {
    /// The origin that accounts for this form are saved for; none where it is inside somebody else's page.
    pub(crate) fn place_of(&self, frame: &Frame) -> Option<Origin> {
        let frame_origin = Origin::parse(&frame.frame_origin).ok()?;
        let top = Origin::parse(&frame.top_origin).ok()?;
        let app = self.app_around(&top);
        if frame_origin == top {
            return Some(app.map_or(top, |app| app.origin.clone()));
        }
        app.filter(|app| app.frames.contains(&frame_origin)).map(|app| app.origin.clone())
    }

    /// The organisation's app at this origin.
    pub(crate) fn organisation_app(&self, origin: &Origin) -> Option<&App> {
        self.organisation.as_ref()?.apps.iter().find(|app| app.origin == *origin)
    }

    /// The app whose page this is: its own come before those that others name, and so does what a person saved here.
    fn app_around(&self, page: &Origin) -> Option<&App> {
        if let Some(app) = self.organisation_app(page) {
            return Some(app);
        }
        let vault = self.vault.as_ref().ok();
        let saved = vault.and_then(|vault| vault.by_origin(page.as_str()).ok());
        let apps = &self.organisation.as_ref()?.apps;
        apps.iter()
            .find(|app| app.pages.contains(page))
            .filter(|_| saved.is_none_or(|saved| saved.is_empty()))
    }
}
