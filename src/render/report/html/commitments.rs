//! What has been committed in money, as the page shows it.

use super::super::{tables, words};
use super::parts::Table;
use super::{Labels, MeetingView};
use crate::domain::Decimal;
use crate::render::money::exact;
use crate::render::summary::money as summary_money;
use crate::report::{Group, Money};

/// The section on commitments.
pub(super) struct Commitments {
    pub(super) heading: String,
    pub(super) groups: Vec<Committed>,
    pub(super) rates: Option<Table>,
    pub(super) notes: Vec<String>,
}

/// The commitments of a group.
pub(super) struct Committed {
    pub(super) name: String,
    pub(super) lines: Vec<String>,
    /// By mode and by country; none where no amount is known.
    pub(super) sums: Vec<Table>,
    pub(super) amounts: Option<Table>,
}

impl Commitments {
    /// None unless a currency was named and there are projects. Of the amounts at most so many are listed.
    pub(super) fn of(view: &MeetingView, labels: &Labels, most: usize) -> Option<Self> {
        let money = view.report.summary.money.as_ref()?;
        view.groups().next()?;
        let groups = view
            .groups()
            .map(|(group, _)| Committed::of(view, group, money, labels, most));
        let rates = (!money.rates.is_empty()).then(|| {
            let sheet = tables::money::rates(view, money, labels);
            Table::of(&sheet, labels.text("report-rates"), labels)
        });
        Some(Self {
            heading: words::commitments(money, labels),
            groups: groups.collect(),
            rates,
            notes: words::on_commitments(money, labels),
        })
    }
}

impl Committed {
    fn of(view: &MeetingView, group: &Group, money: &Money, labels: &Labels, most: usize) -> Self {
        let name = view.group_name(group, labels);
        let captioned = |key: &str| labels.with(key, &[("group", name.clone().into())]);
        let (amounts, all) = tables::money::amounts(view, group, money, labels, most);
        let amounts = (all > 0).then(|| {
            let mut table = Table::of(&amounts, captioned("report-commitments-amounts"), labels);
            table.note = words::cut(most, all, labels);
            table
        });
        let sums = amounts.iter().flat_map(|_| {
            let by_mode = tables::money::by_mode(view, group, money, labels);
            let by_country = tables::money::by_country(view, group, money, labels);
            [
                Table::of(&by_mode, captioned("report-commitments-modes"), labels),
                Table::of(
                    &by_country,
                    captioned("report-commitments-countries"),
                    labels,
                ),
            ]
        });
        Self {
            lines: summary_money::lines(group, money, labels),
            sums: sums.collect(),
            amounts,
            name,
        }
    }
}

/// The commitments of a group among the figures beside the large number.
pub(super) fn figure(
    view: &MeetingView,
    group: &Group,
    labels: &Labels,
) -> Option<(String, String)> {
    let money = view.report.summary.money.as_ref()?;
    let sum = group.total.commitments.as_ref()?;
    let value = if sum.projects == 0 {
        labels.text("not-stated")
    } else {
        exact(money.terms.currency.as_str(), Decimal(sum.amount))
    };
    let values = [
        ("count", words::grouped(sum.projects).into()),
        ("projects", words::grouped(group.total.projects).into()),
    ];
    let name = labels.with("report-committed", &values);
    let more = (!sum.left_out.is_empty()).then(|| labels.text("report-and-more"));
    let name = more.map_or(name.clone(), |more| labels.noted(&name, &more));
    Some((name, value))
}
