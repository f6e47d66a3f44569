"""A certificate of what a volunteer has done with one host: A4, to be signed by hand."""

from dataclasses import asdict, dataclass, field

from samtun.foundation.typesetting import tagged_pdf


@dataclass(frozen=True, slots=True)
class Certificate:
    """The words of one certificate, in its reader's language. `lines` are kinds of help and how long each took."""

    language: str
    heading: str
    name: str
    text: str
    in_all: str
    sender: str
    contact: str
    dated: str
    signer: str
    sign_here: str
    about: str = ""
    lines: list[tuple[str, str]] = field(default_factory=list)


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return the certificate."""
    return tagged_pdf("recognition/certificate.typ", certificate=asdict(certificate))
