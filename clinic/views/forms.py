"""How the appointment form is made: a closed set of fields, none of them about anybody's health."""

from typing import Literal

from clinic.interface import Interface
from clinic.model.appointments import Form
from clinic.views.pages import AppointmentForm, FormField


def appointment_form(words: Interface, form: Form) -> AppointmentForm:
    """The form that clinic.yaml describes."""
    yes_no = (("yes", words.gettext("Yes")), ("no", words.gettext("No")))
    times = (
        ("morning", words.gettext("Morning")),
        ("afternoon", words.gettext("Afternoon")),
        ("any", words.gettext("Any time")),
    )

    def field(
        name: str,
        label: str,
        control: Literal["text", "tel", "email", "choice"],
        autocomplete: str = "",
        *,
        required: bool = False,
        choices: tuple[tuple[str, str], ...] = (),
    ) -> FormField:
        return FormField(
            name=name, label=label, control=control, autocomplete=autocomplete, required=required, choices=choices
        )

    known = {
        "name": field("name", words.gettext("Your name"), "text", "name", required=True),
        "phone": field("phone", words.gettext("Phone number"), "tel", "tel", required=True),
        "email": field("email", words.gettext("E-mail address"), "email", "email"),
        "best-time": field("best-time", words.gettext("Best time to call you"), "choice", choices=times),
        "new-patient": field("new-patient", words.gettext("Are you a new patient?"), "choice", choices=yes_no),
        "language": field("language", words.gettext("Language you prefer"), "text", "language"),
        "interpreter": field("interpreter", words.gettext("Do you need an interpreter?"), "choice", choices=yes_no),
    }
    return AppointmentForm(action=form.action, fields=tuple(known[name] for name in form.fields))
