"""Generated articles for the importer: every style it knows, with words of all kinds."""

import re
from dataclasses import dataclass, replace

from hypothesis import settings
from hypothesis import strategies as st

from articles.models import Section

NAMES = (
    "Microtask Gig Work",
    "Remote Project Management",
    "Freelance Writing",
    "IT Support",
    "Online Tutoring",
    "Research and Development",
    "UX Design",
    "Sales",
)
WORDS = re.split(
    " ",
    "pay skill team it’s e-mail café well-suited $12.50 24/7 (e.g. PMP) “quoted” R&D C++ **bold** *soft* <b> "
    "[guide](https://example.org/g?a=1&b=2) &amp; snake_case un*believ*able 1. # - naïve Ünal 😀 `x` why?",
)

# A busy machine is no defect of the importer.
patient = settings(deadline=None)


sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(lambda w: f"So {' '.join(w)}.")
labels = st.sampled_from(["Flexible hours", "Low pay", "Growth", "Clients/employers", "IT skills (any)"])
points = st.lists(st.tuples(labels, sentences), min_size=1, max_size=3)


@dataclass(frozen=True)
class Style:
    bullet: str
    heading: str
    line_end: str
    gap: str  # between parts
    contents: bool
    fenced: bool
    title: bool


styles = st.builds(
    Style,
    bullet=st.sampled_from(["- ", "* ", "• ", "+ ", "– ", "✅ ", "- ✔️ ", "1. ", "- **"]),
    heading=st.sampled_from(
        ["{}", "## {}", "### {} ###", "**{}**", "🎯 {}", "{}:", "## 3. **{}**", "{}\n-----"]
    ),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    gap=st.sampled_from(["", "\n"]),
    contents=st.booleans(),
    fenced=st.booleans(),
    title=st.booleans(),
)


@dataclass(frozen=True)
class Variant:
    """A generated article, and what is to be found in it."""

    text: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    points: tuple[tuple[tuple[str, str], ...], ...]  # side and label, by path
    calls: int


class Writer:
    def __init__(self, style):
        self.style, self.lines, self.headings = style, [], []

    def part(self, heading, *lines):
        self.headings.append(heading)
        self.lines += [self.style.heading.format(heading), *lines, *self.style.gap.splitlines()]

    def point(self, label, text):
        bold = self.style.bullet.endswith("**")
        return f"{self.style.bullet}{label}:{'**' if bold else ''} {text}"

    def text(self, title):
        contents = ["📚 Table of Contents", *(f"- ✅ {heading}" for heading in self.headings)]
        lines = [
            *(["```html"] if self.style.fenced else []),
            *([f"# {title}", ""] if self.style.title else []),
            *(contents if self.style.contents else []),
            *self.lines,
            *(["```"] if self.style.fenced else []),
        ]
        return self.style.line_end.join("\n".join(lines).split("\n"))


@st.composite
def variants(draw):
    style = draw(styles)
    writer = Writer(style)
    names = tuple(draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True)))
    kept = {
        part: draw(st.booleans())
        for part in (
            "introduction",
            "understanding",
            "differences",
            "choosing",
            "conclusion",
            "salary",
            "call",
        )
    }
    roles, found, calls = [], [], 0
    if kept["introduction"]:
        writer.part("Introduction", draw(sentences), draw(sentences))
        roles.append("introduction")
    for name in names:
        if kept["understanding"]:
            writer.part(f"Understanding {name}", draw(sentences), draw(sentences))
        pros, cons = draw(points), draw(points)
        writer.part(f"Pros and Cons of {name}")
        writer.lines += ["Pros:", *(writer.point(*each) for each in pros)]
        writer.lines += ["Cons:", *(writer.point(*each) for each in cons), *style.gap.splitlines()]
        found.append((*(("pro", label) for label, _ in pros), *(("con", label) for label, _ in cons)))
    if kept["differences"]:
        listed = f"{', '.join(names[:-1])} and {names[-1]}"
        writer.part(f"Key Differences Between {listed}", draw(sentences))
        roles.append("differences")
    if kept["salary"]:
        writer.part("Salary Expectations", draw(sentences))
        roles.append("body")
    if kept["choosing"]:
        writer.part("Which Career Path Is Right for You?", draw(sentences))
        roles.append("choosing")
    if kept["conclusion"]:
        writer.part("Conclusion", draw(sentences))
        roles.append("conclusion")
    if kept["call"]:
        writer.lines.append("💡 Click here for new business ideas")
        calls = 1
    writer.lines += draw(
        st.sampled_from([[], ["Leave a Reply"], ["## Leave a Reply2", "Name *", "Post Comment"]])
    )
    return Variant(writer.text(" vs ".join(names)), names, tuple(roles), tuple(found), calls)


def sanitised(article):
    """The article as it is after the allow-list."""
    clean = Section._meta.get_field("body").sanitize

    def each(sections):
        return tuple(replace(section, html=clean(section.html)) for section in sections)

    paths = tuple(replace(path, sections=each(path.sections)) for path in article.paths)
    return replace(article, sections=each(article.sections), paths=paths)
