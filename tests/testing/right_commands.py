"""A command and a slash command that keep their contracts, and registrations that do not."""

from docproc.hooks import Registration, hookimpl


@hookimpl
def docproc_commands():
    return [
        Registration("senders", Honest, summary="Lists the senders."),
        Registration("bare", Honest),
        Registration("index", Honest, summary="Indexes in another way."),
        Registration("".join(("hid", "den")), Honest, summary="Hides."),
    ]


@hookimpl
def docproc_chat_commands():
    return [
        Registration("count", HonestSlash, summary="Counts."),
        Registration("help", HonestSlash, summary="Helps otherwise."),
    ]


class Honest:
    def declare(self, parser):
        parser.add_argument("scope", nargs="?", default="", help="where to look")

    def run(self, arguments, library):
        print(len(library.documents(arguments.scope)))


class HonestSlash:
    def run(self, argument, conversation):
        return f"{len(conversation.answers)} answers"
