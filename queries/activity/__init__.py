"""Activities: lists, one page, what a form offers, and what reports count."""

from queries.activity.choices import (
    ActivityChoices,
    CodeChoice,
    MediumChoice,
    PlanItemChoice,
    ProgrammeSpan,
    get_choices,
    get_programme_span,
    list_media,
    list_themes,
    programme_on,
)
from queries.activity.detail import (
    ActivityPage,
    Amount,
    FileAccess,
    FileLine,
    PlanProgress,
    find_activity,
    find_by_token,
    find_file,
    get_activity,
    list_files,
    plan_progress,
    unit_of_activity,
)
from queries.activity.figures import (
    CountedFigure,
    Measure,
    UnitActivities,
    count_activities_by_unit,
    counted_figures,
    sum_fitting,
)
from queries.activity.listing import (
    PAGE_SIZE,
    ActivityFilter,
    ActivityLine,
    ActivityTotals,
    PlanFilter,
    UnitIds,
    count_by_month,
    count_removed,
    list_activities,
    total_activities,
)

__all__ = [
    "PAGE_SIZE", "ActivityChoices", "ActivityFilter", "ActivityLine", "ActivityPage", "ActivityTotals", "Amount",
    "CodeChoice", "CountedFigure", "FileAccess", "FileLine", "Measure", "MediumChoice", "PlanFilter",
    "PlanItemChoice", "PlanProgress", "ProgrammeSpan", "UnitActivities", "UnitIds", "count_activities_by_unit",
    "count_by_month", "count_removed", "counted_figures", "find_activity", "find_by_token", "find_file",
    "get_activity", "get_choices", "get_programme_span", "list_activities", "list_files", "list_media",
    "list_themes", "plan_progress", "programme_on", "sum_fitting", "total_activities", "unit_of_activity",
]
