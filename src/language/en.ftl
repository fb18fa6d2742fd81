# What a reader of results sees, in English. Keys are the same in every language; a test compares them.

not-stated = not stated
none = none
yes = yes
no = no
other-hosts = other ({ $count })
list-separator = {", "}
with-note = { $text } ({ $note })
percent = { $value }%

## Vocabulary

instrument-memorandum = Memorandum
instrument-letter_of_intent = Letter of intent
instrument-framework_agreement = Framework agreement
instrument-contract = Contract
instrument-project = Project
mode-product_service = Product service
mode-engineering = Engineering
mode-investment = Investment
mode-industrial_finance = Industrial finance
mode-strategic = Strategic
mode-basis-title = stated in the title
mode-basis-guidelines = given in the guidelines
mode-basis-coded = coded from the description
status-proposed = Proposed
status-signed = Signed
status-committed = Committed
status-implementing = Implementing
status-completed = Completed
status-suspended = Suspended
status-cancelled = Cancelled
sector-infrastructure = Infrastructure
sector-finance = Finance
sector-logistics = Logistics
sector-it = Information technology
sector-energy = Energy
sector-healthcare = Healthcare
sector-environment = Environment
sector-manufacturing = Manufacturing
sector-urban_development = Urban development
sector-trade_promotion = Trade promotion
sector-automotive = Automotive
sector-other = Other
objective-industrial_upgrading = Industrial upgrading (China)
objective-economic_revitalisation = Economic revitalisation (Japan)
objective-connectivity = Connectivity (ASEAN)
membership-numbered = number in the official list known
membership-stated_one_of_52 = stated to be one of the 52
membership-stated_signed_for_forum = stated to be signed for the forum
membership-press_linked = connected with the forum by the press
confidence-high = high
confidence-medium = medium
confidence-low = low
role-signatory = signatory
role-sponsor = sponsor
role-owner = owner
role-contractor = contractor
role-financier = financier
role-insurer = insurer
role-guarantor = guarantor
role-supplier = supplier
role-operator = operator
role-developer = developer
role-adviser = adviser
role-promoter = promoter
role-customer = customer
role-government = government
side-chinese = Chinese
side-japanese = Japanese
side-host = host country
side-other = other
party-kind-company = company
party-kind-bank = bank
party-kind-insurer = insurer
party-kind-fund = fund
party-kind-association = association
party-kind-government = government
party-kind-government_agency = government agency
party-kind-local_government = local government
party-kind-multilateral = multilateral institution
party-kind-hospital = hospital
party-kind-other = other
name-kind-short = short name
name-kind-former = former name
name-kind-alias = alias
name-kind-variant = variant spelling
event-kind-status = Status
event-kind-milestone = Milestone
event-kind-note = Note
evidence-direct = direct
evidence-context = context
evidence-absence = absence of evidence
amount-kind-contract = Contract value
amount-kind-total_cost = Total cost
amount-kind-loan = Loan
amount-kind-equity = Equity
amount-kind-guarantee = Guarantee
amount-kind-grant = Grant
amount-kind-other = Other amount
amount-basis-pledge = pledge
amount-basis-commitment = commitment
amount-basis-disbursement = disbursement
risk-category-experience = Experience
risk-category-political = Political
risk-category-economic = Economic
risk-level-low = low
risk-level-medium = medium
risk-level-high = high
risk-state-open = open
risk-state-mitigated = mitigated
risk-state-materialised = materialised
risk-state-closed = closed
publisher-kind-government = government
publisher-kind-quasi_government = public body
publisher-kind-party = party
publisher-kind-press = press
publisher-kind-trade_press = trade press
publisher-kind-database = database
publisher-kind-academic = academic
publisher-kind-other = other
mechanism-event-kind-memorandum = Memorandum
mechanism-event-kind-working_mechanism = Working mechanism
mechanism-event-kind-forum = Forum
mechanism-event-kind-high_level_dialogue = High-level dialogue
mechanism-event-kind-business_dialogue = Business dialogue
mechanism-event-kind-official_consultation = Official consultation
mechanism-event-kind-summit = Summit
mechanism-event-kind-summit_preparation = Summit preparation
mechanism-event-kind-workshop = Workshop
mechanism-event-kind-policy = Policy
mechanism-event-kind-project_step = Project step
mechanism-event-kind-assessment = Assessment
mechanism-event-kind-background = Background
mention-yes = yes
mention-partly = partly
mention-no = no
mention-not_known = not known
mention-not_applicable = not applicable
case-standing-confirmed = confirmed
case-standing-candidate = candidate
language-en = English
language-zh = Chinese
language-ja = Japanese
yes-no-yes = yes
yes-no-no = no
yes-no-not_known = not known

## Dimensions of a summary

dimension-mode = Mode
dimension-country = Country
dimension-status = Status
dimension-sector = Sector
dimension-side = Side
dimension-year = Year
dimension-region = Region
dimension-forum = Forum
dimension-party = Party
dimension-objective = Objective
region-asean = ASEAN
region-other = other

## Proofs and verification

record-batch = batch
record-country = country
record-currency = currency
record-source = source
record-forum = forum
record-party = party
record-project = project
record-mechanism_event = mechanism event
record-guideline_case = guideline case
record-indicator_observation = indicator
record-judgement = judgement
record-waiver = waiver
record-exchange_rate = exchange rate
record-search_index = row of the search index
proof-key-name = Name
proof-log-key = Verifier key of a log
proof-witness-key = Verifier key of a witness
money-in-minor-units = { $currency } { $units } in minor units
proof-verdict = Result
proof-verified = nothing is wrong
proof-findings = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
  }
proof-origin = Registry
proof-batches = Batches
proof-entries = Entries
proof-records = Records
proof-root = Root hash
proof-against = Compared with
proof-from = Entries before
proof-entry = Entry
proof-batch = Batch
proof-record = Record
proof-signatures = Signed by
proof-says = What the entry says
proof-removed = The entry says that the record was removed.
finding-of-batch = batch { $batch }
finding-more = { $count } more findings are not listed.
finding-file_damaged = The file is damaged: { $found }
finding-entry_missing = Entry { $found } is missing from the journal.
finding-entry_added = { $record }: entry { $entry } stands in the journal, but not in its hash tree.
finding-entry_changed = { $record }: entry { $entry } is not what was recorded; its bytes have another hash.
finding-entry_unreadable = { $record }: entry { $entry } cannot be read: { $found }
finding-entry_column = { $record }: the column { $field } of entry { $entry } says { $found }, its bytes say { $expected }.
finding-entry_order = { $record }: entry { $entry } is out of order ({ $field }: { $found }, expected { $expected }).
finding-tree_changed = The hash tree was changed at { $field }.
finding-batch_missing = { $record }: its row is missing from the table of batches.
finding-batch_unknown = { $record }: no entry of the journal closes it.
finding-batch_column = { $record }, { $field }: the table says { $found }, the journal says { $expected }.
finding-batch_open = { $record }: it has entries, but none that closes it.
finding-clock_behind = { $record }: recorded at { $found }, before the batch that precedes it ({ $expected }).
finding-record_missing = { $record }: missing from the tables; the journal has it (entry { $entry }).
finding-record_unknown = { $record }: in the tables, but never recorded in the journal.
finding-record_removed = { $record }: in the tables, although it was removed (entry { $entry }).
finding-record_unreadable = { $record }: its row cannot be read: { $found }
finding-field_changed = { $record }, { $field }: the tables say { $found }, the journal says { $expected } (entry { $entry }).
finding-row_orphan = { $record }: rows of { $field } belong to it, but there is no such record.
finding-link_broken = { $field }: { $found } rows refer to a { $expected } that does not exist.
finding-row_number = { $record }: its rows of { $field } are not numbered from 1 on.
finding-tally_changed = { $field }: the tables say { $found }, counting the projects gives { $expected }.
finding-index_missing = { $record }: not in the search index, so that a search does not find it.
finding-index_unknown = { $record }: in the search index, but not in the tables.
finding-index_changed = { $record }: the search index has other words than the record.
finding-checkpoint_origin = { $field } is a checkpoint of another registry: { $found }
finding-checkpoint_signature = { $field } is not to be trusted: { $found }
finding-checkpoint_size = { $field } states { $expected } entries, and the journal has only { $found }: it was cut off.
finding-checkpoint_root = The first { $entry } entries are not those that { $field } states: the journal was rewritten.

## Columns and fields

field-code = Code
field-list_number = Number in the official list
field-title = Title
field-title_original = Title in the source
field-forum = Forum
field-later-project = later project, not a forum agreement
field-instrument = Instrument
field-mode = Mode
field-sector = Sector
field-status = Status
field-since = Since
field-evidence = Latest evidence
field-hosts = Hosts
field-objectives = Objectives
field-identified = Identified
field-umbrella = Frames later work only
field-membership = Taken to be one of the forum's
field-confidence = Confidence
field-note = Note
field-party = Party
field-country = Country
field-side = Side
field-role = Role
field-share = Share
field-date = Date
field-due = Due
field-kind = Kind
field-event = Event
field-source = Source
field-amount = Amount
field-basis = Basis
field-level = Level
field-state = State
field-risk = Risk
field-place = Place
field-step = Step
field-mentions = Third countries
field-address = Address
field-publisher = Publisher
field-projects = Projects
field-days = Days
field-median-days = Median days
field-longest-days = Longest
field-longest = Project
field-met = Met
field-identifiers = Identifiers
field-match = Match
search-column-projects = Projects

## Search

search-projects = Projects ({ $count })
search-parties = Parties ({ $count })
search-sources = Sources ({ $count })
search-nothing = Nothing has all of these words: { $query }
search-more = There is more; --limit shows it.
search-match = { $field }: { $snippet }
search-codes = { $codes } … { $count } in all

## Judgements and severities

verdict-same = same organisation
verdict-not_same = different organisations
severity-error = error
severity-warning = warning
severity-note = note

## Which party is meant

field-score = Score
field-reasons = Reasons
match-same-identifier = same identifier
match-different-identifier = different identifiers in one scheme
match-same-name = same name
match-same-core = same name without legal form
match-shared-parts = shared parts of the name
match-similar = similar spelling
match-same-country = same country
match-different-country = different country
match-nobody = No party has a name like this: { $name }
match-compared-as = Compared as “{ $name }”.
duplicates-none = No pair of parties looks like one organisation.
duplicates-judged = judged: { $verdict }; { $reasons }
duplicates-note = Proposals, not facts: decide each with `tpmc party judge`.

## Checks

field-outcome = Outcome
field-parties = Parties
field-first_party = One party
field-second_party = Other party
field-verdict = Judgement
field-until_date = Last day
field-rule = Rule
field-owner = Owner
field-until = Until
rule-heading = { $severity }: { $rule } ({ $count })
rule-hint = What to do: { $hint }
rule-waived = { $message } — accepted by { $owner } until { $date }: { $reason }
rule-count = { $severity } { $count }
rule-total = As of { $date }, { $rules ->
    [one] 1 rule
   *[other] { $rules } rules
  }: { $found }; accepted: { $waived }
waivers-none = No finding has been accepted.
waiver-expired = { $date } (expired)
rule-event-in-future = an event is dated { $date }, later than { $today }
rule-event-in-future-hint = enter what is planned as a milestone with a due date
rule-dates-out-of-order = { $status } on { $date }, but work had begun by { $begun }
rule-dates-out-of-order-hint = mend the date of one of the two events
rule-milestone-met-in-future = a milestone is met on { $date }, later than { $today }
rule-milestone-met-in-future-hint = give it a due date instead of a date
rule-shares-above-100 = the shares of owners and sponsors add up to { $sum } %
rule-shares-above-100-hint = mend a share, or mark a part that was never realised as prospective
rule-pledge-as-commitment = amount { $number } ({ $currency }) counts as committed or paid, but nothing binding is recorded
rule-pledge-as-commitment-hint = make it a pledge, or record the contract as an event
rule-withdrawn-currency = amount { $number } is in { $currency }, which was withdrawn in { $date }
rule-withdrawn-currency-hint = check the currency and the date of the amount
rule-list-number-repeats = number { $number } of the forum’s list belongs to { $others } too
rule-list-number-repeats-hint = keep the number where a source gives it
rule-identifier-invalid = { $identifier } cannot be right
rule-identifier-invalid-hint = compare it with the register that gave it
rule-no-status = no status is recorded
rule-no-status-hint = record what has happened with a source
rule-status-without-source = { $status } on { $date } has no source
rule-status-without-source-hint = add a source to the event
rule-completed-with-open-milestone = completed, but a milestone due { $date } is not met
rule-completed-with-open-milestone-hint = record when it was met, or remove it
rule-completed-without-start = completed, but no event says when work began
rule-completed-without-start-hint = record the start if a source gives it; until then its duration is not known
rule-milestone-overdue = a milestone was due { $date }, { $days } days ago
rule-milestone-overdue-hint = record when it was met, or the new date
rule-suspended-without-news = suspended, and nothing heard for more than a year (last: { $date })
rule-suspended-without-news-hint = ask the parties whether it is given up
rule-implementing-without-news = under way, and nothing heard for more than three years (last: { $date })
rule-implementing-without-news-hint = look for its completion; the status is as old as its evidence
rule-status-on-weak-evidence = its status since { $date } is inferred or known from a copy only
rule-status-on-weak-evidence-hint = find a source of higher confidence
rule-host-missing = no host country, although it is known what it is
rule-host-missing-hint = name the host, or describe the region in a note
rule-mode-missing = no cooperation mode, although it is known what it is
rule-mode-missing-hint = code the mode from its description
rule-sector-missing = no sector, although it is known what it is
rule-sector-missing-hint = code the sector from its description
rule-party-missing = nobody is named as taking part
rule-party-missing-hint = add the parties that the sources name
rule-side-missing = nobody of the { $side ->
    [chinese] Chinese
    [japanese] Japanese
   *[other] other
  } side takes part; parts that were only offered do not count
rule-side-missing-hint = look whether the sources name one
rule-part-repeated = { $party } stands twice as { $role }
rule-part-repeated-hint = remove one of the two
rule-prospective-with-share = { $party } never took part, but has a share of { $share } %
rule-prospective-with-share-hint = move the share to the note, or make the part a real one
rule-amount-of-zero = amount { $number } ({ $currency }) is zero
rule-amount-of-zero-hint = remove it, or enter the amount
rule-amount-without-source = amount { $number } ({ $currency }) has no source
rule-amount-without-source-hint = add the source
rule-citation-without-use = nothing dated or counted rests on { $sources }
rule-citation-without-use-hint = point an event or an amount at the source that gives it
rule-party-without-country = no home country
rule-party-without-country-hint = add the country of its seat
rule-party-without-project = takes part in no project
rule-party-without-project-hint = merge or remove it if it stands by mistake
rule-source-without-address = neither an address nor a title
rule-source-without-address-hint = say where it can be read
rule-source-without-use = nothing rests on it
rule-source-without-use-hint = cite it, or remove it
rule-waiver-expired = its time ended on { $date } (owner: { $owner })
rule-waiver-expired-hint = renew it or take it back

## Summary

summary-title = China-Japan third-party market cooperation as of { $date }
summary-known-at = As recorded at { $time }.
summary-filter = Only: { $conditions }
summary-group-other = Other projects
summary-group-forum = { $name } ({ $date })
summary-headline = { $projects ->
    [one] 1 project
   *[other] { $projects } projects
  }, { $identified } identified, { $implemented } implemented{ $share }
summary-headline-forum = { $projects ->
    [one] 1 agreement
   *[other] { $projects } agreements
  }, { $identified } identified, { $implemented } implemented{ $share }
summary-column-projects = All
summary-column-implemented = Impl.
summary-column-share = Share
summary-row-projects = All
summary-row-implemented = Implemented
summary-row-share = Share
summary-statuses = Status: { $list }
summary-unknown = Not known: { $list }
summary-unknown-identified = { $count } of { $projects } not identified
summary-unknown-mode = { $count } without a mode
summary-unknown-country = { $count } without a host
summary-unknown-status = { $count } without any status
summary-unknown-since-signing = { $count } with no status since signing
summary-unknown-nothing = nothing of mode, host and status
summary-note-once = “All” counts each project once. A project with more than one value under “{ $dimension }” counts once under each.
summary-note-implemented = Impl. is implementing or completed.
summary-note-groups = The agreements of a forum are a complete list; the other projects are those that became known, mostly because they were built. One rate over both would mislead.
summary-legend = { $list }.
summary-no-projects = The registry holds no projects yet.
summary-empty = No project matches.
summary-folded = --all shows all { $count } columns.
measure-count = Projects
measure-implemented = Implemented
measure-share = Share implemented
measure-commitments = Commitments
summary-millions = { $currency } million
summary-column-with-amount = Known
summary-commitments = Commitments: { $amount } in { $with } of { $projects } projects, of it { $estimated } estimated
summary-commitments-none = Commitments: none known in { $currency }
summary-commitments-kinds = Made of: { $list }
summary-commitments-no-rate = Not in it, without a rate for the date: { $list }
summary-commitments-no-date = Not in it, without a date to take a rate of: { $list }
summary-commitments-marks = Rounded to millions; exact in the other formats. “~” holds estimates, “+” there is more in other currencies, “?” only that. Known is the projects with an amount, of all.
summary-commitments-rule = Of each project amounts of one kind count: total costs; without one, contracts; without those, loans, equity, grants and others; last, guarantees. { $count } more amounts may be part of those and are left out. Pledges and disbursements never enter.
summary-commitments-rates = Rates: { $list }
summary-commitments-own-day = Each amount is converted by the latest rate of its own date or of the year before.
summary-commitments-one-day = Everything is converted by the latest rate of { $date } or of the year before.
field-codes = Codes

## Lists

title-not-identified = (not yet identified)
list-empty = No project matches.
list-count = { $shown ->
    [one] 1 project
   *[other] { $shown } projects
  } as of { $date }
project-as-of = As of { $date }
project-known-at = As recorded at { $time }
section-parties = Parties
section-events = Events
section-amounts = Amounts
section-risks = Risks
section-sources = Sources
prospective = prospective, not realised
estimated = estimated
mechanism-title = Steps of the cooperation

## Progress

progress-title = Progress as of { $date }
progress-group-forum = Agreements of { $group }: { $projects }
progress-group-all = All projects: { $projects }
progress-evidence = Age of the latest evidence: median { $median } days, longest { $longest } days; { $without } without any evidence.
progress-history = { $count } enter the record after a signing: how long their earlier steps took is not known and not counted.
progress-stalled = Stalled, proposed or signed and no move for more than { $months } months: { $count }
progress-silent = Silent, open and no event with a source for more than { $months } months: { $count }
progress-slipped = Milestones overdue or met late: { $count }
progress-more = and { $count } more, in the other formats.
progress-note-days = Days in a status add up over repeated visits and count from the last day that a date can mean.
progress-note-evidence = Silence is absence of evidence, not evidence of failure.
not-yet = not yet

## Changes

field-record = Record

## Context: the paper's tables

topic-trade = Trade with ASEAN (Table 2 of the paper)
topic-investment = Direct investment in ASEAN (Table 3 of the paper)
topic-business-environment = Business environment of ASEAN countries (Table 4 of the paper)
topic-risk = Economic and political risk (section 5 of the paper)
context-world = World
context-japan = Japan
context-china = China
context-share = Share
context-rank = Rank
context-total = Total
context-average = Average
context-note-flows = In 10 billion USD; share in percent. The total is computed again; for the rank the other partners are not given.
context-sources = Sources that the paper names: { $list }.
context-findings = Where the paper disagrees with its own figures
context-counts = Derived figures that follow exactly: { $exact }; within rounding: { $rounding }; not: { $none }.
check-share = Share, { $place } { $period }: printed { $printed }, from the table { $recomputed } ({ $where }).
check-total = Total, { $place } { $period }: printed { $printed }, sum of the years { $recomputed } ({ $where }).
check-total-share = Share of the total, { $place } { $period }: printed { $printed }, from the table { $recomputed } ({ $where }).
check-in-text = Amount in the text, { $place } { $period }: printed { $printed }, in the table { $recomputed } billion USD ({ $where }).
check-cumulative = Cumulative amount, { $place } { $period }: printed { $printed }, sum of the years { $recomputed } billion USD ({ $where }).
check-increase = Increase, { $place } { $period }: printed { $printed } times, from the table { $recomputed } ({ $where }).
check-annual-growth = Average annual growth, { $place } { $period }: printed { $printed }, from the table { $recomputed } billion USD a year ({ $where }).
check-average = Average, { $place } { $period }: printed { $printed }, from the table { $recomputed } ({ $where }).
check-no-growth = "A significant growth trend" in each country: { $place } does not grow { $period }, { $printed } to { $recomputed } ({ $where }).
check-percentage-points = Increase of inflation, { $place } { $period }: printed { $printed } percent, the figures differ by { $recomputed } percentage points ({ $where }).
indicator-debt_ratio = Debt ratio
indicator-debt_ratio_most_others_above = Debt ratio, most other members above
indicator-debt_ratio_safety_line = Debt safety line
indicator-inflation = Inflation
indicator-inflation_increase = Increase of inflation
indicator-inflation_threshold_high = Inflation, threshold high
indicator-inflation_threshold_harmful = Inflation, threshold harmful
indicator-trade_change = Change of trade
indicator-fdi_change = Change of direct investment
place-ASEAN = ASEAN
place-WORLD = World
place-ADV = Developed economies
place-CN-ASEAN = China and ASEAN
place-JP-ASEAN = Japan and ASEAN
place-CN-JP = China and Japan
place-JP-CN = Japan in China
field-indicator = Indicator
field-value = Value
field-unit = Unit

## Country

country-title = { $country } as of { $date }
country-none = No project takes place here, as far as is known.
country-group = { $group }: { $projects }, implemented { $implemented } ({ $statuses })
country-context = What the paper's tables say
country-business-environment = Business environment (rank)
country-not-given = not given in the paper
country-flows = Trade and investment
country-flows-asean = given for ASEAN as a whole only: tpmc context trade, tpmc context investment
signal-debt = Signal: debt ratio { $value }% in { $year }, above the safety line of { $threshold }% ({ $where }).
signal-inflation-high = Signal: inflation { $value }% in { $year }, above { $threshold }%, which the paper calls high ({ $where }).
signal-inflation-harmful = Signal: inflation { $value }% in { $year }, above { $threshold }%, from which on it may harm ({ $where }).
signal-none = No figure beyond a threshold of the paper; where none is given, nothing is known.
section-projects = Projects

## Pace

pace-title = From { $from } to { $to }, as of { $date }
pace-all = All
pace-group = Group
pace-reached = Reached
pace-cancelled = Cancelled
pace-open = Open
pace-median = Median days
pace-limits = 95% limits
pace-never = not reached
pace-after = { $years } y
pace-not-counted = Not counted: { $count } that were never recorded as { $from }.
pace-log-rank = { $one } against { $other }: log-rank chi-square { $statistic }, p = { $p }.
pace-note = Median: Kaplan-Meier, what is still open counted as open. Shares reached after so many years: Aalen-Johansen, cancellation as a competing risk.
## Records and the journal

kind-country = Country
kind-currency = Currency
kind-source = Source
kind-forum = Forum
kind-party = Party
kind-project = Project
kind-mechanism_event = Step of the cooperation
kind-guideline_case = Case of the guidelines
kind-indicator_observation = Indicator
kind-judgement = Judgement
kind-waiver = Waiver
kind-exchange_rate = Exchange rate
change-added = Added
change-changed = Changed
change-removed = Removed
item-participations = Participation { $number }
item-events = Event { $number }
item-amounts = Amount { $number }
item-risks = Risk { $number }
difference-field = { $item }: { $field }
difference-order = { $list } (order)
difference-what = What
difference-before = Before
difference-after = After
difference-value = Value
record-titled = { $change }: { $kind } { $code }, { $title }
record-untitled = { $change }: { $kind } { $code }
batch-title = Batch { $number }
batch-preview = Preview: nothing was recorded
batch-nothing = No record changes.
batch-all = --all shows every record field by field.
batch-undone = undone by batch { $batch }
history-title = History of { $kind } { $code }
history-step = Batch { $number }, { $time }, { $actor }, { $command }: { $change }
log-recorded = Recorded (UTC)
log-left-out = { $count ->
    [one] One older batch is not shown.
   *[other] { $count } older batches are not shown.
  }
changes-title-effective = What happened after { $from } and by { $to }
changes-title-recorded = Changes in the registry from { $from } to { $to }
changes-count = { $count ->
    [0] Nothing changed.
    [one] 1 project.
   *[other] { $count } projects.
  }
changes-entered = New, with a first status in this time ({ $count })
changes-new = New in the registry ({ $count })
changes-moved = Moved ({ $count })
changes-partners = Partners gained or lost ({ $count })
changes-corrected = Corrected ({ $count })
changes-supplemented = Supplemented ({ $count })
changes-events = Other events ({ $count })
changes-removed = Removed ({ $count })
changes-gained = Gained
changes-lost = Lost
changes-note-effective = By the dates of events, as the registry knows them now. Corrections and partners have no date: --recorded shows them.
field-batch = Batch
field-recorded_at = Recorded
field-actor = By
field-command = Command
field-records = Records
field-reason = Reason
field-undoes = Undoes batch
field-undone_by = Undone by batch
field-id = Identifier of the record
field-title_en = Title in English
field-title_zh = Title in Chinese
field-title_ja = Title in Japanese
listing-empty = Nothing is recorded.
field-number = No.
field-share-percent = Share in %
milestone-due = due
milestone-overdue = overdue
milestone-met = met
milestone-slipped = slipped
field-currency = Currency
field-from_currency = From
field-to_currency = To
field-rate = Rate
field-estimated = Estimated
field-milestone = Milestone
field-project = Project
field-language = Language
field-read_on = Read on
section-cited = Cited by
section-other_names = Other names
field-name = Name
field-name_en = Name in English
field-name_zh = Name in Chinese
field-name_ja = Name in Japanese
field-name_native = Name in the home script
field-other_names = Other name
field-url = Address
field-publisher_kind = Kind of publisher
field-on_date = Date
field-due_on = Due
field-held_on = Held on
field-agreements = Agreements
field-share_percent = Share in percent
field-prospective = Prospective, not realised
field-category = Category
field-text = Text
field-evidence_kind = Evidence
field-status_on = Status since
field-standing = Standing
field-mode_basis = What the mode rests on
field-host_note = Host in words
field-partner_countries = Partner countries
field-partners = Partners
field-japan_related = Japan takes part
field-scheme = Scheme
field-identifier = Identifier
field-participations = Participations
field-events = Events
field-amounts = Amounts
field-risks = Risks
field-citations = Source
field-sources = Source
field-minor_units = Amount
field-participants = Participants
field-mentions_third_country_cooperation = Third countries
field-alpha3 = Code of three letters
field-numeric = Number
field-asean_since = In ASEAN since
field-decimal_places = Decimals
field-withdrawn = Withdrawn
field-period = Period
field-derived = Computed by the paper
field-printed_in = Printed in
field-original_source = Source named by the paper
# Answers to questions in SQL
answer-empty = No rows.
