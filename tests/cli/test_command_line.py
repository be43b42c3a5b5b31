"""The commands, as a person runs them: what they print, where, and their exit codes."""

import json
import os
import signal
import subprocess
import sys
import time

import commands
import pytest

from docproc.plugins.loading.trust import trust

pytestmark = pytest.mark.slow

QUESTION = "How many rifles did Stalin want to send?"
OFF_TOPIC = "How do I bake sourdough bread?"
LETTER = "000_4441ad6d2b05a5a5.txt"


@pytest.fixture
def docproc():
    def run(*arguments, folder, stdin=None, **environment):
        return commands.docproc(
            *arguments, folder=folder, stdin=stdin, environment=os.environ | environment
        )

    return run


def test_an_answer_is_found_with_its_reference_and_checked(docproc, letter_workspace):
    done = docproc("ask", QUESTION, "--json", folder=letter_workspace)
    answer = json.loads(done.stdout)
    first = answer["citations"][0]
    assert done.returncode == 0
    assert answer["verdict"] == "answered"
    assert "6,000 rifles" in first["quote"]
    assert first["reference"] == {
        "printed": "RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1.",
        "archive": "RTsKhIDNI",
        "archive_now": "RGASPI",
        "fond": "558",
        "opis": "2",
        "delo": "51",
        "leaves": "1",
    }
    text = (letter_workspace / first["source"]["path"]).read_text("utf-8")
    start, end = first["source"]["start"], first["source"]["end"]
    assert text[start:end] == first["quote"]
    assert first["verified"] is True
    for begin, stop in first["highlights"]:
        assert "6,000 rifles" in first["quote"][begin:stop]


def test_no_answer_is_exit_code_1_and_shows_its_work(docproc, letter_workspace):
    done = docproc("ask", OFF_TOPIC, folder=letter_workspace)
    assert done.returncode == 1
    assert done.stdout.startswith("Not found")
    assert "below the floor" in done.stdout
    shown = docproc("ask", OFF_TOPIC, "--nearest", folder=letter_workspace)
    assert "none is an answer" in shown.stdout


def test_a_question_in_a_folder_below_the_workspace_finds_it(docproc, letter_workspace):
    done = docproc("ask", QUESTION, folder=letter_workspace / "seeds")
    assert done.returncode == 0


def test_outside_a_workspace_the_message_says_what_to_do(docproc, tmp_path):
    done = docproc("ask", QUESTION, folder=tmp_path)
    assert done.returncode == 3
    assert "docproc init" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["ask", "  "], 2, "the question is empty"),
        (["ask"], 2, "Missing argument"),
        (["asl", "x"], 2, "No such command 'asl'"),
        (["ask", QUESTION, "--kind", "nott"], 2, "no kind of passage"),
        (["ask", QUESTION, "--from", "someday"], 2, "not a date"),
        (["show", "nothing-of-the-kind"], 2, "no document and no passage is called"),
        (["generations", "use", "2020"], 2, "no generation is called"),
        (["verify", "nothing.json"], 2, "nothing.json"),
        (["eval", "nothing.jsonl"], 2, "cannot be read"),
    ],
)
def test_what_cannot_be_understood_is_one_message_and_the_code_of_its_class(
    docproc, letter_workspace, arguments, code, said
):
    done = docproc(*arguments, folder=letter_workspace)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


BAD_CONFIGURATIONS = {
    "[ask]\nlimitt = 1": (3, "did you mean 'limit'?"),
    "[plugins.structre]\nmax_words = 1": (3, "did you mean 'structure'?"),
    "[plugins.structure]\nmax_word = 1": (3, "did you mean 'max_words'?"),
    "[plugins.structure]\nmax_words = 'x'": (3, "line 2: plugins.structure.max_words: expected"),
    "[pipeline]\nnormalizers = ['lettter']": (4, "did you mean 'letter'?"),
    "[sources]\nfolder = '../..'": (3, "outside the workspace"),
}


@pytest.mark.parametrize("text", BAD_CONFIGURATIONS)
def test_a_wrong_configuration_is_named_with_the_nearest_right_name(docproc, tmp_path, text):
    (tmp_path / "config.toml").write_text(text, "utf-8")
    (tmp_path / "seeds").mkdir()
    done = docproc("index", folder=tmp_path)
    code, said = BAD_CONFIGURATIONS[text]
    assert said in done.stderr
    assert done.returncode == code


def test_a_broken_drop_in_that_the_configuration_names_stops_and_says_where(docproc, workspace):
    trust(workspace, own=True)
    plugin = workspace / "plugins" / "bolshevik_leadership.py"
    plugin.write_text(plugin.read_text("utf-8") + "\n1 / 0\n", "utf-8")
    done = docproc("index", folder=workspace)
    assert done.returncode == 4
    assert "plugins/bolshevik_leadership.py: ZeroDivisionError" in done.stderr


def test_a_broken_drop_in_that_nothing_names_costs_a_line(docproc, letter_workspace, tmp_path):
    (tmp_path / "config.toml").write_text("", "utf-8")
    (tmp_path / "plugins").mkdir()
    trust(tmp_path, own=True)
    (tmp_path / "plugins" / "broken.py").write_text("import nothing_of_the_kind", "utf-8")
    done = docproc("plugins", "list", folder=tmp_path)
    assert done.returncode == 0
    assert "left out: drop-in plugins/broken.py: ModuleNotFoundError" in done.stderr


def test_the_list_of_plugins_says_stage_version_origin_and_use(docproc, letter_workspace):
    done = docproc("plugins", "list", "--json", folder=letter_workspace)
    by_name = {plugin["name"]: plugin for plugin in json.loads(done.stdout)["plugins"]}
    ours = by_name["bolshevik-leadership"]
    assert (ours["stage"], ours["origin"], ours["in_use"]) == (
        "normalize",
        "drop-in plugins/bolshevik_leadership.py",
        True,
    )
    assert by_name["sentence-transformers"]["origin"] == "docproc"
    assert {"text", "letter", "structure", "faiss", "tantivy", "onnx"} <= by_name.keys()


def test_init_makes_a_workspace_that_works_at_once(docproc, tmp_path, letter_workspace):
    done = docproc("init", "letters", folder=tmp_path)
    assert done.returncode == 0
    folder = tmp_path / "letters"
    assert sorted(path.name for path in folder.iterdir()) == [
        ".gitignore",
        "config.toml",
        "embeddings",
        "plugins",
        "seeds",
    ]
    again = docproc("init", "letters", folder=tmp_path)
    assert again.returncode == 3
    assert "nothing was changed" in again.stderr
    assert docproc("plugins", "list", folder=folder).returncode == 0
    asked = docproc("ask", QUESTION, folder=folder)
    assert asked.returncode == 3
    assert "there is no readable document" in asked.stderr


def test_the_first_question_indexes_and_says_so_on_standard_error(docproc, workspace):
    done = docproc("ask", QUESTION, "--json", folder=workspace)
    assert done.returncode == 0
    assert "Nothing is indexed here yet" in done.stderr
    assert json.loads(done.stdout)["verdict"] == "answered"
    assert "\x1b" not in done.stderr + done.stdout


def test_what_changed_since_indexing_is_said_in_one_line_and_marked(docproc, workspace):
    docproc("index", folder=workspace)
    letter = workspace / "seeds" / LETTER
    text = letter.read_text("utf-8")
    letter.write_text(text.replace("6,000 rifles", "9,000 rifles"), "utf-8")
    changed = docproc("ask", QUESTION, folder=workspace)
    assert changed.returncode == 0
    assert "6,000 rifles" in changed.stdout
    assert "✓" not in changed.stdout
    assert "changed since indexing" in changed.stdout
    assert changed.stderr.count("\n") == 1
    assert "1 changed" in changed.stderr
    verified = docproc("verify", folder=workspace)
    assert verified.returncode == 1
    letter.unlink()
    gone = docproc("ask", QUESTION, folder=workspace)
    assert gone.returncode == 0
    assert "source gone since indexing" in gone.stdout


def test_saved_citations_are_checked_for_words_place_and_reference(
    docproc, letter_workspace, tmp_path
):
    done = docproc("ask", QUESTION, "--json", "--limit", "1", folder=letter_workspace)
    saved = json.loads(done.stdout)

    def verdict(change):
        copy = json.loads(json.dumps(saved))
        change(copy["citations"][0])
        path = tmp_path / "saved.json"
        path.write_text(json.dumps(copy), "utf-8")
        done = docproc("verify", str(path), "--json", folder=letter_workspace)
        fallen = json.loads(done.stdout)["fallen"]
        return done.returncode, fallen[0]["words"] if fallen else ""

    assert verdict(lambda citation: None) == (0, "")
    code, words = verdict(lambda c: c.update(quote=c["quote"].replace("6,000", "7,000")))
    assert code == 1
    assert words.startswith("the quotation does not stand in the source: at its place ")
    assert words.endswith("the source has “6,000”, the quotation “7,000”")
    code, words = verdict(lambda c: c["source"].update(start=0, end=len(c["quote"])))
    assert code == 1
    assert words.startswith("moved: ")
    code, words = verdict(lambda c: c["reference"].update(printed="RTSKHIDNI. F. 559."))
    assert code == 1
    assert "but not under 'RTSKHIDNI. F. 559.'" in words
    code, words = verdict(lambda c: c["source"].update(path="../../etc/passwd"))
    assert code == 1
    assert words.startswith("moved: its source is called seeds/")

    def unknown(citation):
        citation["source"].update(path="../../etc/passwd", sha256="0" * 64)
        citation["identifier"] = ""

    code, words = verdict(unknown)
    assert code == 1
    assert "outside the workspace" in words


def test_status_and_generations_speak_of_what_is_published(docproc, letter_workspace):
    status = json.loads(docproc("status", "--json", folder=letter_workspace).stdout)
    listed = json.loads(docproc("generations", "list", "--json", folder=letter_workspace).stdout)
    (generation,) = listed["generations"]
    assert generation["current"] is True
    assert status["published"] == generation["id"]
    assert status["stale"] == []
    assert status["holds"]["documents"] == 1


def test_generations_roll_back_and_are_pruned(docproc, workspace):
    docproc("index", folder=workspace)
    (workspace / "seeds" / "b.txt").write_text("The harvest failed in May.\n", "utf-8")
    docproc("index", folder=workspace)
    back = docproc("generations", "rollback", folder=workspace)
    assert back.returncode == 0
    listed = json.loads(docproc("generations", "list", "--json", folder=workspace).stdout)
    assert [g["current"] for g in listed["generations"]] == [True, False]
    docproc("generations", "prune", "--keep", "1", folder=workspace)
    listed = json.loads(docproc("generations", "list", "--json", folder=workspace).stdout)
    assert True in [g["current"] for g in listed["generations"]]


def test_eval_prints_the_figures_and_writes_every_ranking(docproc, letter_workspace, tmp_path):
    questions = [
        {"question": QUESTION, "gold": [LETTER], "answers": ["6,000 rifles"]},
        {"question": OFF_TOPIC, "answerable": False},
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(q) for q in questions), "utf-8")
    results = tmp_path / "results.jsonl"
    done = docproc("eval", str(path), "--json", "--results", str(results), folder=letter_workspace)
    found = json.loads(done.stdout)
    assert found["R@1"] == found["nDCG@10"] == found["answer-in-quote@1"] == found["AUROC"] == 1.0
    assert found["answerable refused"] == found["unanswerable answered"] == 0.0
    ranked = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    assert [line["rank"] for line in ranked] == [1, None]


def test_questions_piped_into_chat_are_answered_one_a_line(docproc, letter_workspace):
    done = docproc("chat", folder=letter_workspace, stdin=f"{QUESTION}\n/cite 1\n{OFF_TOPIC}\n")
    assert "6,000 rifles" in done.stdout
    assert "Not found" in done.stdout
    assert "RTSKHIDNI. F. 558. Op. 2. D. 51. L. 1." in done.stdout
    assert "\x1b" not in done.stdout
    assert done.returncode == 1


def test_a_reader_of_a_pipe_that_leaves_early_is_no_error(letter_workspace):
    done = subprocess.run(
        f"{sys.executable} -m docproc show {LETTER} | head -n 1",
        shell=True,
        cwd=letter_workspace,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert "Stalin" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
def test_ctrl_c_stops_an_index_run_and_leaves_what_was_published(docproc, workspace):
    docproc("index", folder=workspace)
    drafts = workspace / "embeddings" / "generations"
    for attempt in range(20):  # on a busy machine a run may end before this looks
        before = json.loads(docproc("status", "--json", folder=workspace).stdout)["published"]
        for number in range(200):
            text = f"Letter {number}\n\nThe harvest {attempt} of district {number} failed.\n"
            (workspace / "seeds" / f"{number}.txt").write_text(text, "utf-8")
        running = subprocess.Popen(
            [sys.executable, "-m", "docproc", "index"],
            cwd=workspace,
            stderr=subprocess.PIPE,
            text=True,
            # whoever runs the tests in the background ignores the signal; children inherit that
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        while running.poll() is None and not any(drafts.glob(".draft-*/catalog.sqlite")):
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate()
        if "what was published stands" in said:
            break
    # where the signal met a library's own call of the interpreter, CPython ends by the signal
    # itself; a shell reports 130 either way
    assert running.returncode in (130, -signal.SIGINT), said
    assert "what was published stands" in said
    assert "Traceback" not in said
    after = json.loads(docproc("status", "--json", folder=workspace).stdout)["published"]
    assert after == before
    assert not any(drafts.glob(".draft-*/*"))


def test_a_file_that_cannot_be_read_is_named_and_the_exit_code_says_partial(docproc, workspace):
    (workspace / "seeds" / "scan.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    done = docproc("index", folder=workspace)
    assert done.returncode == 5
    assert "seeds/scan.txt: " in done.stderr
    assert "it is damaged, or not an image" in done.stderr or "install Tesseract" in done.stderr
    assert "1 could not be read" in done.stderr
    assert docproc("ask", QUESTION, folder=workspace).returncode == 0
    failed = json.loads(docproc("status", "--json", folder=workspace).stdout)["failed"]
    assert len(failed) == 1
    again = docproc("index", "--json", folder=workspace)
    assert again.returncode == 5
    assert json.loads(again.stdout)["outcome"] == "nothing to do"


def test_a_document_is_written_as_a_page_and_only_what_has_pages_is_drawn(
    docproc, letter_workspace, tmp_path
):
    page = tmp_path / "letter.html"
    done = docproc("show", LETTER, "--html", str(page), folder=letter_workspace)
    assert (done.returncode, done.stdout.strip()) == (0, str(page))
    assert "6,000 rifles" in page.read_text("utf-8")
    image = tmp_path / "letter.png"
    done = docproc("show", LETTER, "--image", str(image), folder=letter_workspace)
    assert done.returncode == 5
    assert "knows no pages to draw; --html" in done.stderr
    assert not image.exists()


@pytest.mark.parametrize(("language", "code"), [("en", 0), ("ru", 1)])
def test_a_question_can_be_put_to_passages_of_one_language(
    docproc, letter_workspace, language, code
):
    asked = docproc("ask", QUESTION, "--language", language, folder=letter_workspace)
    assert asked.returncode == code
    assert ("language ru" in asked.stdout) == (language == "ru")
