//! What a command may reach for: the store, the streams, the time, the language and who is asking.

mod approval;
mod terminal;
mod zone;

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Utc};

use crate::args::{Color, Global, WriteArgs, language_of_locale};
use crate::domain::{AsOf, Horizon, Language, Moment, RecordId, Zone, repeatable_id};
use crate::error::Error;
use crate::output::{Output, Talk};
use crate::render::{self, Format, Labels, View};
use crate::store::{Access, Batch, Contents, Forum, Intent, Kind, Reader, Store, Writer};
use approval::Approval;

/// The surroundings of one run of the program.
pub(crate) struct Context {
    pub(crate) out: Output,
    pub(crate) language: Language,
    pub(crate) known_at: Option<Moment>,
    /// The actor that was named on the command line, where one can be looked for.
    pub(crate) named_actor: Option<String>,
    /// The time zone of the office.
    pub(crate) zone: Zone,
    ascii: bool,
    registry: Option<PathBuf>,
    format: Option<Format>,
    output: Option<PathBuf>,
    as_of: Option<AsOf>,
    actor: Option<String>,
    now: Option<Moment>,
    /// Whether the result stands within a page of the web desk.
    is_page: bool,
    /// Whose entry is recorded, where somebody else approved it.
    approved: OnceCell<Approval>,
    /// The last batch that whoever records has seen.
    last_seen: Option<i64>,
}

impl Context {
    pub(crate) fn new(global: Global) -> Self {
        match global.color {
            Color::Auto => {}
            Color::Always => anstream::ColorChoice::Always.write_global(),
            Color::Never => anstream::ColorChoice::Never.write_global(),
        }
        let talk = match (global.quiet, global.verbose) {
            (true, _) => Talk::Quiet,
            (false, true) => Talk::Verbose,
            (false, false) => Talk::Normal,
        };
        let zone = global.tz.unwrap_or_else(zone::of_machine);
        let fixed = global.now.map(|time| time.in_zone(zone));
        let now = fixed.unwrap_or_else(|| Moment::new(Utc::now()));
        // A day that is not over is asked about as far as it has come.
        let not_over = |time: Moment| {
            if zone.day_of(time) == zone.day_of(now) {
                time.min(now)
            } else {
                time
            }
        };
        let language = global.lang.unwrap_or_else(language_of_locale);
        Self {
            out: Output::new(talk, global.output.clone(), global.bom, language)
                .paged(!global.no_pager),
            language,
            known_at: global.known_at.map(|time| not_over(time.in_zone(zone))),
            zone,
            named_actor: global
                .actor
                .clone()
                .filter(|_| global.typed.contains(&"actor")),
            ascii: global.ascii,
            registry: global.registry,
            format: global.format,
            output: global.output,
            as_of: global.as_of,
            actor: global.actor,
            now: fixed,
            is_page: false,
            approved: OnceCell::new(),
            last_seen: global.last_seen,
        }
    }

    /// Returns the surroundings of a run whose result stands within a page of the web desk: nobody is asked, and nothing is written
    /// to the streams.
    pub(crate) fn of_page(self) -> Self {
        Self {
            out: self.out.keeping(),
            is_page: true,
            ..self
        }
    }

    pub(crate) fn is_page(&self) -> bool {
        self.is_page
    }

    /// The time, in whole seconds.
    pub(crate) fn now(&self) -> Moment {
        self.clock()()
    }

    /// The day that it is in the office.
    pub(crate) fn today(&self) -> NaiveDate {
        self.zone.day_of(self.now())
    }

    /// An identifier for a new record: UUID version 7 (RFC 9562, section 5.7). With a fixed clock its random part follows from
    /// what it is for, so that a run can be repeated.
    pub(crate) fn fresh_id(&self, kind: Kind, code: &str) -> RecordId {
        match self.now {
            Some(now) => repeatable_id(now, kind.word(), code),
            None => RecordId::new(uuid::Uuid::now_v7()),
        }
    }

    /// Who is recording: who is named, else who is logged in.
    pub(crate) fn actor(&self) -> String {
        let login = || {
            ["USER", "LOGNAME", "USERNAME"]
                .into_iter()
                .find_map(|name| std::env::var(name).ok())
        };
        let author = self.approved.get().map(|approval| &approval.author);
        let actor = author.or(self.actor.as_ref()).cloned().or_else(login);
        let named = actor.filter(|actor| !actor.trim().is_empty());
        named.unwrap_or_else(|| "unknown".to_owned())
    }

    /// What a write is for.
    pub(crate) fn intent(&self, command: &'static str, reason: Option<String>) -> Intent {
        Intent {
            actor: self.actor(),
            command,
            reason: self.approved_reason(reason),
            dry_run: false,
            force_clock: false,
        }
    }

    /// Where the registry is: the path that was named, else the default one.
    pub(crate) fn registry(&self) -> Result<PathBuf, Error> {
        if let Some(path) = &self.registry {
            return Ok(path.clone());
        }
        let folders =
            directories::ProjectDirs::from("", "", "tpmc").ok_or(Error::NoDataDirectory)?;
        Ok(folders.data_dir().join("registry.db"))
    }

    /// Whether the registry was named, and is not the default one.
    pub(crate) fn names_a_registry(&self) -> bool {
        self.registry.is_some()
    }

    /// Opens the registry. The default one is created on first use; a named one must exist.
    pub(crate) fn store(&self, access: Access) -> Result<Store, Error> {
        let path = self.registry()?;
        self.refuse_to_overwrite(&path)?;
        if self.registry.is_none() && path.symlink_metadata().is_err() {
            let intent = self.intent("init", Some("first use".to_owned()));
            match Store::create(&path, Contents::Everything, &intent, || self.now()) {
                // Another run was faster: use what it made.
                Ok(_) | Err(crate::store::Error::Exists(_)) => {}
                Err(error) => return Err(error.into()),
            }
            self.out.say(&message!("receipt-first-use", path));
        }
        self.out.detail(&message!("receipt-registry", path));
        Ok(Store::open(&path, access)?)
    }

    /// Adds to an error what can be found out about it: who holds the lock.
    pub(crate) fn explain(&self, error: Error) -> Error {
        use crate::store::{Error as Cause, holder};
        let by = match &error {
            Error::Store(Cause::Busy) => self.registry().ok().and_then(|path| holder(&path)),
            _ => None,
        };
        by.map_or(error, |by| Cause::Held { by }.into())
    }

    /// Runs `work` as one batch on the registry; answers what it gives, and the batch when something was recorded (or, in a
    /// dry run, would have been).
    pub(crate) fn write<T>(
        &self,
        command: &'static str,
        arguments: &WriteArgs,
        work: impl FnOnce(&mut Writer<'_>) -> Result<T, Error>,
    ) -> Result<(T, Option<Batch>), Error> {
        self.write_much(command, arguments, 0, work)
    }

    /// The same for a batch about which it is known that it brings so many bytes of records.
    pub(crate) fn write_much<T>(
        &self,
        command: &'static str,
        arguments: &WriteArgs,
        bytes: u64,
        work: impl FnOnce(&mut Writer<'_>) -> Result<T, Error>,
    ) -> Result<(T, Option<Batch>), Error> {
        self.format()?.of_any_result()?; // what cannot be shown is not recorded either
        let mut intent = self.intent(command, arguments.noted_reason());
        intent.dry_run = arguments.dry_run;
        intent.force_clock = arguments.force_clock;
        let mut store = self.store(Access::Write)?;
        let clock = store.server_clock();
        let now = || {
            let fixed = self.now.or_else(|| clock?.now());
            fixed.unwrap_or_else(|| self.now())
        };
        store.write_much(bytes, &intent, now, |writer| {
            self.refuse_overtaken(&mut writer.reader())?;
            arguments.refuse_repetition(&mut writer.reader())?;
            work(writer)
        })
    }

    /// Runs `work` on the registry as it is, or as it was recorded at the time that is asked about.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&mut Reader<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let known_at = self.known_at()?;
        let mut store = self.store(Access::Read)?;
        if let Some(known_at) = known_at {
            store = store.known_at(known_at)?;
        }
        store.read(work)
    }

    /// Runs `work` on the journal; `until` is the last batch, or the last that was recorded at the time that is asked about.
    pub(crate) fn read_journal<T>(
        &self,
        work: impl FnOnce(&mut Reader<'_>, i64) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let known_at = self.known_at()?;
        self.store(Access::Read)?.read(|reader| {
            let until = match known_at {
                Some(time) => reader.last_batch_by(time)?,
                None => reader.last_batch()?.map_or(0, |batch| batch.number),
            };
            work(reader, until)
        })
    }

    /// The time at which the registry is asked what it said.
    ///
    /// # Errors
    /// When it lies in the future, and no batch is of a time as late: a report on it could not be printed again.
    fn known_at(&self) -> Result<Option<Moment>, Error> {
        let now = self.now();
        let Some(time) = self.known_at.filter(|time| *time > now) else {
            return Ok(self.known_at);
        };
        let last = self.store(Access::Read)?.read(|reader| {
            let last = reader.last_batch()?;
            Ok::<_, Error>(last.map(|last| last.recorded_at))
        })?;
        match last {
            Some(last) if last >= time => Ok(self.known_at),
            _ => Err(time.refuse_future(now).into()),
        }
    }

    /// The day that is asked about, and the day of the knowledge that answers.
    pub(crate) fn horizon(&self, reader: &mut Reader<'_>) -> Result<Horizon, Error> {
        let now = self.now();
        let known = self.known_at.map_or(now, |time| time.min(now));
        let known = self.zone.day_of(known);
        let as_of = match self.as_of {
            None => known,
            Some(AsOf::LastMeeting) => {
                let meeting = reader
                    .last_meeting(known)?
                    .map(|meeting| meeting.facts.on_date);
                AsOf::LastMeeting.resolve(known, meeting)?
            }
            Some(as_of) => as_of.resolve(known, None)?,
        };
        let zone = self.zone.to_string();
        self.out
            .detail(&message!("receipt-as-of", as_of, known, zone));
        let zone = self.zone;
        Ok(Horizon { as_of, known, zone })
    }

    /// Whether the question is about a day in effective time.
    pub(crate) fn asks_for_a_day(&self) -> bool {
        self.as_of.is_some()
    }

    /// Labels in the language of the result, with the names of the countries.
    pub(crate) fn labels(&self, reader: &mut Reader<'_>) -> Result<Labels, Error> {
        let names = reader.country_names(self.language, None)?;
        let labels = Labels::new(self.language, names).in_zone(self.zone);
        Ok(labels.drawn(self.charts()))
    }

    /// The same with the names of the forums.
    pub(crate) fn labels_with_forums(&self, reader: &mut Reader<'_>) -> Result<Labels, Error> {
        let forums = reader.all::<Forum>()?.into_iter().map(|forum| {
            let name = forum.names().for_reader(self.language).to_owned();
            (forum.code, name)
        });
        let forums = forums.collect();
        Ok(self.labels(reader)?.with_forums(forums))
    }

    /// The same with the names of these countries only.
    pub(crate) fn labels_of(
        &self,
        countries: &[&str],
        reader: &mut Reader<'_>,
    ) -> Result<Labels, Error> {
        let names = reader.country_names(self.language, Some(countries))?;
        Ok(Labels::new(self.language, names).in_zone(self.zone))
    }

    /// Writes a report in the wanted format.
    pub(crate) fn show(&self, report: &impl View, labels: &Labels) -> Result<(), Error> {
        let format = self.format()?;
        if self.is_page && format == Format::Text {
            self.out.markup(&render::markup(report, labels));
            return Ok(());
        }
        let bytes = render::bytes(report, labels, format, self.width())?;
        match format {
            Format::Csv => self.out.csv(&bytes),
            _ => self.out.data(&bytes),
        }
    }

    /// The wanted format: what was said, else what the name of the output file says.
    pub(crate) fn format(&self) -> Result<Format, Error> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        let Some(path) = &self.output else {
            return Ok(Format::Text);
        };
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("txt") => Ok(Format::Text),
            Some("json") => Ok(Format::Json),
            Some("csv") => Ok(Format::Csv),
            Some("md") => Ok(Format::Markdown),
            Some("toml") => Ok(Format::Toml),
            Some("html" | "htm") => Ok(Format::Html),
            Some("xlsx") => Ok(Format::Xlsx),
            Some("docx") => Ok(Format::Docx),
            _ => Err(Error::Extension(path.clone())),
        }
    }

    /// The format that was asked for by name, for results that have a form of their own.
    pub(crate) fn named_format(&self) -> Option<Format> {
        self.format
    }

    /// The file that was named for the result.
    pub(crate) fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// Refuses a file of a command's own that is the registry.
    pub(crate) fn refuse_to_overwrite_registry(&self, path: &Path) -> Result<(), Error> {
        let registry = self.registry()?;
        match path.canonicalize() {
            Ok(path)
                if registry
                    .canonicalize()
                    .is_ok_and(|registry| registry == path) =>
            {
                Err(Error::OutputIsRegistry(path))
            }
            _ => Ok(()),
        }
    }

    fn refuse_to_overwrite(&self, registry: &Path) -> Result<(), Error> {
        let same = |path: &&PathBuf| {
            path.canonicalize().is_ok_and(|path| {
                registry
                    .canonicalize()
                    .is_ok_and(|registry| path == registry)
            })
        };
        match self.output.as_ref().filter(same) {
            Some(path) => Err(Error::OutputIsRegistry(path.clone())),
            None => Ok(()),
        }
    }
}
