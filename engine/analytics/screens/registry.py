"""The screens there are."""

from engine.analytics.screens.past import VisitorsPast
from engine.analytics.screens.several import Several
from engine.analytics.screens.visitors import VisitorsPage

AnyScreen = VisitorsPage | VisitorsPast | Several
