"""Wherever something is written freely about a person, a word of illness is asked about before it is kept."""

import datetime as dt
import importlib
import inspect
import pathlib
from types import SimpleNamespace

import pytest

import samtun
from samtun.codesign.designs.web import forms as designs
from samtun.codesign.ideas.web import forms as ideas
from samtun.codesign.needs.web import forms as needs
from samtun.codesign.workshops.web import forms as workshops
from samtun.evaluation.feedback.web import forms as feedback
from samtun.evaluation.feedback.web.forms import feedback as said
from samtun.foundation.forms import AsksAboutIllness, Form, ShortText, TakeUpForm
from samtun.operation.activities.web import forms as activities
from samtun.operation.arrangements.web import forms as arrangements
from samtun.operation.help_requests.web import forms as help_requests
from samtun.operation.lending.web import forms as lending
from samtun.operation.networks.web import forms as networks
from samtun.operation.recognition.web import forms as recognition
from samtun.operation.referrals.web import forms as referrals
from samtun.partners.catalogue.web import forms as catalogue

DAY = dt.date(2026, 11, 24)
SEASON = SimpleNamespace(weekdays=[0])
PLACES = {"types": [], "villages": None, "today": DAY}
FORMS = (
    (help_requests.CallForm, PLACES | {"hits": []}, ("words", "gives")),
    (help_requests.PublicForm, PLACES, ("words", "gives")),
    (help_requests.AssessForm, {}, ("reason",)), (help_requests.CancelForm, {}, ("reason",)),
    (help_requests.PlanForm, {}, ("limits", "whom_to_call", "how_often")), (help_requests.TalkForm, {}, ("note",)),
    (referrals.PassOnForm, {}, ("words",)), (referrals.WorryForm, {}, ("words",)), (referrals.NoteForm, {}, ("words",)),
    (arrangements.PlanForm, {"types": [], "today": DAY}, ("limits",)), (arrangements.EndForm, {}, ("words",)),
    (networks.StepForm, {}, ("note",)), (networks.SkipForm, {}, ("because",)), (networks.NearForm, {}, ("what",)),
    (networks.GroupForm, {"organisations": []}, ("what",)), (networks.VolunteerForm, {"volunteers": []}, ("what",)),
    (networks.TalkForm, {"is_guidance": False}, ("note",)), (networks.EndForm, {}, ("note",)),
    (networks.OutcomeForm, {}, ("reason", "needs_what", "limits")),
    (recognition.CertificateForm, {"today": DAY}, ("words",)), (feedback.DifferentForm, {}, ("words",)),
    (said.SayForm, {}, ("words",)), (said.Reached, {}, ("words",)), (said.AboutForm, {"owners": []}, ("words",)),
    (said.TellForm, {"kinds": []}, ("words",)), (said.TakeDownForm, {"kinds": [], "owners": []}, ("words",)),
    (said.PassUpForm, {"forums": []}, ("words",)), (said.IntoDesignForm, {"designs": []}, ("words",)),
    (designs.Begin, {"owners": []}, ("title", "purpose", "whose_need")), (designs.ChangeForm, {}, ("words",)),
    (TakeUpForm, {"forums": []}, ("words", "title")),
    (designs.SettleForm, {}, ("words",)),
    (designs.PlaceForm, {"owners": [], "people": []}, ("who",)),
    (designs.TaskForm, {"owners": [], "types": [], "task": None}, ("words",)),
    (ideas.IdeaForm, {"villages": None}, ("words", "title")), (ideas.PublicIdeaForm, {"villages": None}, ("words",)),
    (ideas.OwnIdeaForm, {"villages": None, "owners": []}, ("words",)),
    (ideas.TakeDownForm, {"villages": None}, ("words",)),
    (ideas.AddForm, {}, ("words",)), (ideas.AskForm, {}, ("words",)), (ideas.JoinForm, {}, ("words",)),
    (ideas.HelperDownForm, {}, ("words",)), (ideas.WhyForm, {}, ("words",)),
    (ideas.WordsForm, {}, ("words", "wants", "meets")), (ideas.RestForm, {}, ("words",)),
    (ideas.EndForm, {}, ("words",)), (ideas.PromiseForm, {"today": DAY}, ("words",)),
    (ideas.NewDayForm, {"today": DAY}, ("words",)), (ideas.DoneForm, {}, ("words",)),
    (needs.NeedForm, {"owners": [], "villages": None, "known": [], "today": DAY}, ("words",)),
    (needs.CloseForm, {}, ("words",)),
    (workshops.WorkshopForm, {"today": DAY}, ("title", "purpose")),
    (workshops.NewForm, {"today": DAY, "owners": []}, ("title",)),
    (activities.ActivityForm, {"owners": [], "halls": [], "villages": None, "hosts": [], "today": DAY},
     ("title", "about", "easy")),
    (activities.MoveForm, {"halls": [], "today": DAY}, ("note",)), (activities.WhyForm, {}, ("because",)),
    (activities.WeatherForm, {}, ("because",)), (activities.DownForm, {}, ("because",)),
    (activities.PictureForm, {"has_one": True, "answers": True}, ("shows",)),
    (catalogue.OfferForm, {"owners": [], "villages": None}, ("title", "about", "easy")),
    (lending.BookForm, {"owners": [], "today": DAY}, ("what",)),
    (lending.WriteDownForm, {"owners": [], "today": DAY}, ("what",)), (lending.AcceptForm, {}, ("words",)),
    (lending.DeclineForm, {}, ("words",)), (lending.CancelForm, {}, ("words",)), (lending.BackForm, {}, ("words",)),
    (lending.WishForm, {"owners": [], "season": SEASON}, ("words",)),
    (lending.WishForOtherForm, {"owners": [], "season": SEASON}, ("words",)),
    (lending.DecideForm, {}, ("words",)), (lending.CallOffForm, {}, ("words",)),
    (workshops.RecommendationForm, {}, ("what", "how")), (workshops.IdeaForm, {}, ("near",)),
)  # fmt: skip
FREE = {"words", "note", "reason", "because", "limits", "text", "answer", "gives", "needs_what"}
ABOUT_NO_RECEIVER = {
    "samtun.anchoring.policies.web.forms.EndForm": "why a plan does not hold any more; about no receiver",
    "samtun.anchoring.policies.web.forms.GoalForm": "what is to be reached; about no receiver",
    "samtun.anchoring.policies.web.forms.PolicyForm": "what is decided for everyone; about no receiver",
    "samtun.anchoring.policies.web.forms.StateForm": "how far a goal has come; about no receiver",
    "samtun.anchoring.responsibilities.web.forms.AnswerForm": "whose task it is; about no receiver",
    "samtun.anchoring.agreements.web.forms.BackingForm": "what a board has decided; about no receiver",
    "samtun.anchoring.agreements.web.forms.CommentForm": "an organisation's own open words; about no receiver",
    "samtun.anchoring.agreements.web.forms.NoForm": "how a party sees a text; about no receiver",
    "samtun.anchoring.agreements.web.forms.NoteForm": "what organisations agree on; about no receiver",
    "samtun.anchoring.agreements.web.forms.RecipientsForm": "what recipients say together; about no receiver",
    "samtun.anchoring.agreements.web.forms.WordForm": "how a party finds an agreement; about no receiver",
    "samtun.codesign.ideas.web.forms.AnswerForm": "an answer to one who has an idea",
    "samtun.codesign.ideas.web.forms.QuestionForm": "an answer to one who asks about an idea",
    "samtun.anchoring.forums.web.forms.DecisionForm": "papers of a committee; about no receiver",
    "samtun.anchoring.forums.web.forms.DoneForm": "papers of a committee; about no receiver",
    "samtun.anchoring.forums.web.forms.ItemForm": "papers of a committee; about no receiver",
    "samtun.anchoring.forums.web.forms.MaybeWhyForm": "papers of a committee; about no receiver",
    "samtun.anchoring.forums.web.forms.MinutesForm": "papers of a committee; about no receiver",
    "samtun.anchoring.forums.web.forms.UnheardForm": "papers of a committee; about no receiver",
    "samtun.anchoring.forums.web.forms.WhyForm": "papers of a committee; about no receiver",
    "samtun.codesign.designs.web.forms.LargerForm": "why parties change what they make; about no receiver",
    "samtun.codesign.designs.web.forms.LeaveForm": "why an organisation leaves; about nobody",
    "samtun.codesign.designs.web.forms.NoForm": "why an organisation says no; about nobody",
    "samtun.codesign.designs.web.forms.PurposeForm": "why parties change what they make; about no receiver",
    "samtun.codesign.designs.web.forms.TrialForm": "why parties change what they make; about no receiver",
    "samtun.codesign.designs.web.forms.WhoForm": "why parties change what they make; about no receiver",
    "samtun.evaluation.feedback.web.forms.words.WaitForm": "why one concerned waits; for receivers of concerns alone",
    "samtun.evaluation.feedback.web.forms.feedback.AnswerFeedbackForm": "an answer about how something is arranged",
    "samtun.evaluation.feedback.web.forms.feedback.NotSettledForm": "why an answer is not the end of it",
    "samtun.evaluation.feedback.web.forms.words.MoreForm": "a concern is told in one's own words",
    "samtun.evaluation.feedback.web.forms.words.ConcernForm": "a concern is told in one's own words",
    "samtun.evaluation.feedback.web.forms.words.EnterForm": "a concern is told in one's own words",
    "samtun.evaluation.feedback.web.forms.words.AnswerForm": "an answer to the one who told of a concern",
    "samtun.evaluation.feedback.web.forms.words.CloseForm": "an answer to the one who told of a concern",
    "samtun.evaluation.surveys.web.forms.OwnWordsForm": "the person's own words about where they were",
    "samtun.evaluation.surveys.web.forms.WordsForm": "the person's own words about themselves",
    "samtun.operation.registrations.web.forms.PutRightForm": "what was wrong with a card; about no receiver",
    "samtun.partners.catalogue.web.forms.KeepForm": "what was found when somebody looked; about no receiver",
    "samtun.partners.catalogue.web.forms.ReportForm": "what is wrong with what is on offer; about no receiver",
    "samtun.operation.callouts.web.forms.CallOutForm": "what many are asked for; about nobody",
    "samtun.operation.help_requests.web.forms.WishForm": "the part that CallForm and PublicForm share",
}
CASES = [pytest.param(kind, more, name, id=f"{kind.__module__.split('.')[-3]}-{kind.__name__}-{name}")
         for kind, more, names in FORMS for name in names]  # fmt: skip


@pytest.fixture(autouse=True)
def no_villages(monkeypatch):
    from samtun.people.places.models import Village

    places = (ideas.IdeaForm, needs.NeedForm, catalogue.OfferForm, activities.ActivityForm)
    for kind in (help_requests.CallForm, help_requests.PublicForm, *places):
        kept = kind.__init__
        monkeypatch.setattr(kind, "__init__", _with(kept, Village))


def _with(kept, village):
    def start(self, *args, **kwargs):
        kept(self, *args, **kwargs | {"villages": village.unscoped.none()})

    return start


@pytest.mark.rule("R59")
@pytest.mark.parametrize(("kind", "more", "name"), CASES)
def test_it_is_asked_about_and_kept_when_the_writer_says_so(kind, more, name):
    asked = kind({name: "Har demens"}, **more)
    assert asked.has_error(name, "illness")
    assert asked.asks_about_illness
    assert 'name="keep_words"' in str(asked)
    kept = kind({name: "Har demens", "keep_words": "on"}, **more)
    assert not kept.has_error(name, "illness")
    plain = kind({name: "Glad i å gå tur"}, **more)
    assert not plain.has_error(name, "illness")
    assert 'name="keep_words"' not in str(plain), "no box where there is nothing to ask"


def test_every_form_with_free_words_about_a_person_is_one_of_these():
    root = pathlib.Path(samtun.__file__).parent
    found = set()
    for path in (*root.glob("*/*/web/forms.py"), *root.glob("*/*/web/forms/*.py")):
        module = importlib.import_module(".".join(["samtun", *path.relative_to(root).with_suffix("").parts]))
        for _name, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ != module.__name__ or not issubclass(kind, Form):
                continue
            if any(n in FREE and isinstance(f, ShortText) for n, f in kind.base_fields.items()):
                found.add(f"{module.__name__}.{kind.__name__}")
    tried = {f"{kind.__module__}.{kind.__name__}" for kind, _more, _names in FORMS}
    assert found - tried == set(ABOUT_NO_RECEIVER), "asks about illness, or stands here with the reason why not"
    assert all(issubclass(kind, AsksAboutIllness) for kind, _more, _names in FORMS)
