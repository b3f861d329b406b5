"""Words to the pieces that the encoder knows, by the vocabulary that its weights were trained with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

PAD, UNKNOWN, START, END = "[PAD]", "[UNK]", "[CLS]", "[SEP]"


class WordPieces:
    """A WordPiece tokeniser over words that somebody else has already split. Case and accents are folded."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """`vocabulary` lists the pieces in the order of the embedding's rows."""
        ids = {piece: n for n, piece in enumerate(vocabulary)}
        self.pad, self.unknown, self.start, self.end = (ids[piece] for piece in (PAD, UNKNOWN, START, END))
        self._tokenizer = Tokenizer(WordPiece(ids, unk_token=UNKNOWN, max_input_chars_per_word=60))
        self._tokenizer.normalizer = BertNormalizer(lowercase=True)
        self._tokenizer.pre_tokenizer = BertPreTokenizer()

    def split(self, words: Sequence[str]) -> list[list[int]]:
        """The pieces of each word, at least one: a word of which nothing is left (a control character) is unknown."""
        encoding = self._tokenizer.encode(words, is_pretokenized=True, add_special_tokens=False)
        pieces: list[list[int]] = [[] for _ in words]
        for piece, word in zip(encoding.ids, encoding.word_ids, strict=True):
            if word is not None:
                pieces[word].append(piece)
        return [of_word or [self.unknown] for of_word in pieces]
