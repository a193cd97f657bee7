//! Who answers for the portal.

use serde::Serialize;

/// Who answers for the portal; what is not given is empty.
#[derive(Debug, Serialize)]
pub struct Organiser {
    /// The body's name.
    pub name: String,
    /// Its address.
    pub address: String,
    /// Its telephone.
    pub phone: String,
    /// Its e-mail address.
    pub email: String,
    /// The ICP licence number.
    pub icp: String,
    /// The public-security record number.
    pub police: String,
    /// The government site code.
    pub site_code: String,
    /// Where readers say what is wrong on a page; may be empty.
    pub correct: String,
    /// The mark of the site of a public body.
    pub mark: Option<Mark>,
    /// The mark of the service that takes reports of mistakes.
    pub mistakes: Option<Mark>,
}

/// A picture that leads to another site.
#[derive(Debug, Serialize)]
pub struct Mark {
    /// The address of the picture; empty for words alone.
    pub image: String,
    /// Where it leads.
    pub url: String,
}
