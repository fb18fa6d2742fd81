//! The records of an export, handed to an exporter a page at a time with what they refer to. The next page is read in a thread of
//! its own while this one is written.

use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use super::losses::Losses;
use super::pages::{Chosen, Page, Pages};
use crate::commands::filter::FilterArgs;
use crate::context::Context;
use crate::error::Error;
use crate::exchange::{Exporter, Provided};
use crate::store::{Filter, Kind, Reader};

/// Pages that are read ahead.
const AHEAD: usize = 2;

/// The chosen records.
pub(super) struct Feed<'a, 'b> {
    reader: &'a mut Reader<'b>,
    losses: Losses<'a>,
    provided: Provided,
    chosen: Option<Chosen>,
}

impl<'a, 'b> Feed<'a, 'b> {
    pub(super) fn new(
        context: &'a Context,
        reader: &'a mut Reader<'b>,
        filter: &FilterArgs,
        loss: Option<&Path>,
    ) -> Result<Self, Error> {
        let horizon = context.horizon(reader)?;
        let recorded_at = match context.known_at {
            Some(known_at) => Some(known_at),
            None => reader.last_batch()?.map(|batch| batch.recorded_at),
        };
        let countries = reader.all()?.into_iter();
        let currencies = reader.all()?.into_iter();
        let provided = Provided {
            homes: reader.homes()?,
            horizon,
            recorded_at,
            parties: HashMap::new(),
            sources: HashMap::new(),
            countries: countries
                .map(|country: crate::store::Country| (country.code.clone(), country))
                .collect(),
            currencies: currencies
                .map(|currency: crate::store::Currency| (currency.code.clone(), currency))
                .collect(),
        };
        let filter = filter.resolve(reader)?;
        let chosen = match filter == Filter::default() {
            true => None,
            false => Some(Chosen::by(&filter, horizon, reader)?),
        };
        Ok(Self {
            losses: Losses::new(context, loss)?,
            reader,
            provided,
            chosen,
        })
    }

    pub(super) fn provided(&self) -> &Provided {
        &self.provided
    }

    /// Hands all chosen records to `exporter`.
    pub(super) fn run(self, exporter: &mut dyn Exporter) -> Result<(), Error> {
        let Self {
            reader,
            mut losses,
            mut provided,
            chosen,
        } = self;
        let kinds = Kind::ALL.iter().copied();
        let kinds: Vec<Kind> = kinds.filter(|kind| exporter.wants(*kind)).collect();
        let horizon = provided.horizon;
        thread::scope(|scope| {
            let (sender, pages) = mpsc::sync_channel::<Result<Page, Error>>(AHEAD);
            let reading = move || {
                let mut reading = Pages::new(reader, chosen, horizon);
                // When nobody takes pages any more, the writing has failed or its reader has seen enough.
                if let Err(error) = reading.run(&kinds, |page| sender.send(Ok(page)).is_ok()) {
                    let _ = sender.send(Err(error));
                }
            };
            thread::Builder::new()
                .spawn_scoped(scope, reading)
                .map_err(Error::Thread)?;
            for page in pages {
                let page = page?;
                page.provide(&mut provided);
                for document in &page.documents {
                    exporter.record(document, &provided)?;
                    losses.report(exporter.take_losses())?;
                }
            }
            exporter.finish()?;
            losses.finish()
        })
    }
}
