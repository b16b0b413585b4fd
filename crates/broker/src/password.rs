//! New passwords, by the rules of the site they are for.

use lanyard_catalog::{Origin, PasswordRules};
use lanyard_policy::Refusal;
use lanyard_protocol::browser::Frame;
use lanyard_protocol::common::Problem;
use ring::rand::{SecureRandom as _, SystemRandom};
use secrecy::SecretString;
use zeroize::Zeroizing;

use crate::problem::{invalid_origin, refused};
use crate::{Broker, Browser};

/// How often a password is begun anew where it came to an end that the rules do not allow.
const TRIES: usize = 100;

impl Broker {
    /// Makes a password for a page: by what its field declares, else by what the organisation knows of the site, else one
    /// that nearly every site takes. Rules that cannot be followed count as none.
    pub fn generate(
        &self,
        browser: &Browser,
        frame: &Frame,
        rules: Option<&str>,
    ) -> Result<SecretString, Problem> {
        self.ready_for(browser)?;
        let frame_origin = Origin::parse(&frame.frame_origin).map_err(invalid_origin)?;
        let origin = self.place_of(frame).ok_or_else(|| refused(Refusal::ForeignTopFrame))?;
        let declared = rules.and_then(|rules| PasswordRules::parse(rules).ok());
        let known = || {
            let organisation = self.organisation.as_ref()?;
            let app = self.organisation_app(&origin).and_then(|app| app.password_rules.as_ref());
            app.or_else(|| organisation.password_rules.of(frame_origin.host())).cloned()
        };
        let declared = declared.and_then(|rules| make_password(&rules));
        let wanted = declared.or_else(|| known().and_then(|rules| make_password(&rules)));
        Ok(wanted.unwrap_or_else(make_usual_password))
    }
}

fn make_usual_password() -> SecretString {
    make_password(&PasswordRules::default()).expect("the usual rules can be met")
}

/// A password by these rules; none where chance does not meet them.
///
/// Where each required set goes is drawn first, then every character evenly from what may stand in its place.
fn make_password(rules: &PasswordRules) -> Option<SecretString> {
    (0..TRIES).find_map(|_| try_password(rules))
}

fn try_password(rules: &PasswordRules) -> Option<SecretString> {
    let free = rules.length().checked_sub(rules.required().len())?;
    let required = rules.required().iter().map(Vec::as_slice);
    let mut places: Vec<&[char]> = required.chain(std::iter::repeat_n(rules.allowed(), free)).collect();
    shuffle(&mut places);
    let mut password = Zeroizing::new(String::with_capacity(rules.length()));
    let mut run = 0;
    for place in places {
        let before = password.chars().next_back();
        let full = rules.max_consecutive().is_some_and(|most| run >= most);
        let fits: Vec<char> =
            place.iter().copied().filter(|letter| !(full && Some(*letter) == before)).collect();
        let letter = *fits.get(draw(fits.len())?)?;
        run = if Some(letter) == before { run + 1 } else { 1 };
        password.push(letter);
    }
    Some(SecretString::from(password.as_str()))
}

/// Fisher and Yates: each order is as likely as every other.
fn shuffle<T>(items: &mut [T]) {
    for last in (1..items.len()).rev() {
        let other = draw(last + 1).expect("there is one at least");
        items.swap(last, other);
    }
}

/// An even choice of one of so many; none of none. What would favour the first ones is drawn again.
fn draw(count: usize) -> Option<usize> {
    let count = u32::try_from(count).ok().filter(|count| *count > 0)?;
    let surplus = u32::MAX.wrapping_sub(count - 1) % count;
    loop {
        let mut bytes = [0; 4];
        SystemRandom::new().fill(&mut bytes).expect("the system has random numbers");
        let number = u32::from_ne_bytes(bytes);
        if number <= u32::MAX - surplus {
            return usize::try_from(number % count).ok();
        }
    }
}

#[cfg(test)]
mod tests;
