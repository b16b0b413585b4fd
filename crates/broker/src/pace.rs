//! How many sites a browser has had accounts for lately. A browser that was paired and is somebody else's now is kept
//! from carrying off all of them at once.

use std::collections::HashMap;
use std::time::Duration;

use lanyard_policy::{MOST_SITES, Pace};

/// For how long a site counts.
pub(crate) const WINDOW: Duration = Duration::from_mins(1);

/// Sites by browser profile, with the time of the last fill there since the computer was started.
#[derive(Default)]
pub(crate) struct Paces(HashMap<String, Vec<(String, Duration)>>);

impl Paces {
    /// Whether the browser may have an account of this site.
    pub(crate) fn of(&self, profile: &str, origin: &str, now: Duration) -> Pace {
        let Some(sites) = self.0.get(profile) else { return Pace::Ordinary };
        let others = sites.iter().filter(|(site, at)| site != origin && now.saturating_sub(*at) < WINDOW);
        if others.count() < MOST_SITES { Pace::Ordinary } else { Pace::TooManySites }
    }

    /// It was given one.
    pub(crate) fn add(&mut self, profile: &str, origin: &str, now: Duration) {
        let sites = self.0.entry(profile.to_owned()).or_default();
        sites.retain(|(site, at)| site != origin && now.saturating_sub(*at) < WINDOW);
        sites.push((origin.to_owned(), now));
    }

    pub(crate) fn forget(&mut self, profile: &str) {
        self.0.remove(profile);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn site(number: usize) -> String {
        format!("https://site-{number}.example")
    }

    #[test]
    fn a_browser_gets_accounts_of_so_many_sites_in_a_minute_and_of_one_site_as_often_as_it_asks() {
        let mut paces = Paces::default();
        for number in 0..MOST_SITES {
            assert_eq!(paces.of("one", &site(number), SECOND), Pace::Ordinary, "{number}");
            paces.add("one", &site(number), SECOND);
        }
        assert_eq!(paces.of("one", "https://another.example", 60 * SECOND), Pace::TooManySites);
        assert_eq!(paces.of("one", &site(3), SECOND), Pace::Ordinary);
        assert_eq!(paces.of("other", "https://another.example", SECOND), Pace::Ordinary);
        assert_eq!(paces.of("one", "https://another.example", 61 * SECOND), Pace::Ordinary);
    }

    #[test]
    fn a_site_counts_from_the_last_time_it_was_filled() {
        let mut paces = Paces::default();
        for turn in 1..=2 {
            for number in 0..MOST_SITES {
                paces.add("one", &site(number), turn * 40 * SECOND);
            }
        }
        assert_eq!(paces.of("one", "https://another.example", 101 * SECOND), Pace::TooManySites);
        paces.forget("one");
        assert_eq!(paces.of("one", "https://another.example", 101 * SECOND), Pace::Ordinary);
    }
}
