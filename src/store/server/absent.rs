//! What stands for a server in a program that was built without one: there is none.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Head, ServerClock};
use crate::message::Message;
use crate::store::backend::Db;
use crate::store::error::ServerError;
use crate::store::{Error, Intent};

/// No server.
pub(in crate::store) enum Server {}

impl Server {
    pub(in crate::store) fn connect(address: &Path, _: bool) -> Result<Self, Error> {
        Err(ServerError::NotBuilt(address.to_owned()).into())
    }

    pub(in crate::store) fn holder(_: &Path) -> Option<Message> {
        None
    }

    pub(in crate::store) fn update(address: &Path) -> Result<bool, Error> {
        match Self::connect(address, true)? {}
    }

    pub(in crate::store) fn clock(&self) -> Option<ServerClock> {
        match *self {}
    }

    pub(in crate::store) fn head(&mut self) -> Result<Head, Error> {
        match *self {}
    }

    pub(in crate::store) fn found(&mut self) -> Result<(), Error> {
        match *self {}
    }

    pub(in crate::store) fn take_turn(&mut self, _: &Intent) -> Result<Head, Error> {
        match *self {}
    }

    pub(in crate::store) fn push(
        &mut self,
        _: Option<&Head>,
        _: &str,
        _: &mut Db,
    ) -> Result<(), Error> {
        match *self {}
    }

    pub(in crate::store) fn commit(&mut self, _: i64) -> Result<(), Error> {
        match *self {}
    }

    pub(in crate::store) fn give_up(&mut self) {
        match *self {}
    }

    pub(in crate::store) fn root_of(&mut self, _: i64) -> Result<Option<Vec<u8>>, Error> {
        match *self {}
    }

    pub(in crate::store) fn entries(&mut self, _: i64, _: i64) -> Result<Vec<String>, Error> {
        match *self {}
    }

    pub(in crate::store) fn contents(&mut self) -> Result<BTreeSet<String>, Error> {
        match *self {}
    }

    pub(in crate::store) fn content(&mut self, _: &str) -> Result<Option<Vec<u8>>, Error> {
        match *self {}
    }
}
