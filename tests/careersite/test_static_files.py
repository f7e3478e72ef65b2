"""Static files as they are served: without comments of ours, compressed, named after their bytes."""

import shutil

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command

from careersite.management.commands.prepare_demonstration import CollectQuickly, has_compressed_files
from careersite.static_files import COMMENT, StaticFiles

SOURCE = settings.BASE_DIR / "careersite/static"
STYLES = sorted(SOURCE.glob("**/*.css"))
LICENCE = "/* By somebody else, under a licence of theirs */\n.other {}\n"


@pytest.fixture
def collected(tmp_path):
    """Our files and one of somebody else's, gone through twice: what was collected before is as good."""
    home = tmp_path / "collected"
    shutil.copytree(SOURCE, home)
    (home / "other").mkdir()
    (home / "other/their.css").write_text(LICENCE)
    source = FileSystemStorage(home)
    names = [each.relative_to(home).as_posix() for each in home.rglob("*") if each.is_file()]
    for _ in range(2):
        made = list(StaticFiles(location=home).post_process({name: (source, name) for name in names}))
        assert not [each for each in made if isinstance(each[2], Exception)]
    return home


def test_our_styles_are_served_without_their_comments(collected):
    (served,) = collected.glob("careersite/site.*.css")
    text = served.read_text()
    assert "/*" not in text
    assert ".masthead" in text
    assert all(served.with_name(f"{served.name}{ending}").exists() for ending in (".gz", ".br"))


def test_a_first_run_compresses_what_readers_get_and_leaves_out_what_takes_long(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    call_command(CollectQuickly(), interactive=False, verbosity=0)
    (style,) = (tmp_path / "careersite").glob("site.*.css.br")
    assert "/*" not in style.with_suffix("").read_text()
    assert (tmp_path / "careersite/admin/admin.css").exists()
    assert not [*tmp_path.glob("careersite/admin/*.br"), *tmp_path.glob("admin/**/*.br")]
    assert not has_compressed_files()


def test_trying_a_collection_leaves_the_names_as_they_are(collected):
    before = (collected / "staticfiles.json").read_text()
    list(StaticFiles(location=collected).post_process({}, dry_run=True))
    assert (collected / "staticfiles.json").read_text() == before


def test_what_others_wrote_keeps_its_licence(collected):
    (served,) = collected.glob("other/their.*.css")
    assert served.read_text() == LICENCE


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_nothing_but_comments_is_left_out(path):
    text = path.read_text()
    left = COMMENT.sub("", text)
    assert "/*" not in left
    assert "*/" not in left
    assert left.count("{") == left.count("}") == text.count("{")
