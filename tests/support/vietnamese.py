"""Tell Vietnamese from English by the shape of its syllables, well enough for the texts of one portal."""

import re
import unicodedata

ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnpqrstvx])?"
RHYME = "[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
SYLLABLE = re.compile(f"{ONSET}{RHYME}", re.I)
WORD = re.compile(r"[^\W\d_]{2,}")
NEUTRAL = {
    "CSV", "XLSX", "DOCX", "PDF", "JPEG", "PNG", "HEIC", "JSON", "UTF", "QR", "MB", "KB", "GB", "Excel", "Word", "Web",
    "email", "mail", "Facebook", "Zalo", "YouTube", "Fanpage", "fanpage", "website", "Website", "video", "Video",
    "VND", "THPT", "THCS", "GDTX", "GDNN", "PTDTNT", "SGDĐT", "CCHC", "UBND", "TTHC", "DVC", "km", "mm", "px", "A",
    "portal", "English", "Tinos", "OFL", "web", "macro", "STT", "NĐ", "CP", "KH", "BC", "TT", "BTC", "TH", "TTg", "QĐ",
    "XLSForm", "Enter", "Ctrl", "Tab",
}
"""Words that stand in Vietnamese texts as they are: kinds of files, names, official abbreviations."""
NO_WORDS = re.compile(
    r"%\(\w+\)[sd]|%[sd%]|\{\w*\}"  # variables
    r"|<[^>]+>|https?://\S*|[\w.+-]+@[\w.-]+|[/.\\][\w./-]+"  # marks, addresses, paths
    r"|\b[a-z]+\.[a-z]+\b"  # a user name or a file
    r"|\b[a-z]+_[a-z_]+\b|\$\{\w+\}[^;]*"  # a name in a file, a condition
    r"|--\w+|(?<=lệnh )[a-z]+ [a-z]+"  # a command and its options
)


def unmarked(word: str) -> str:
    """A word without its marks: "Đường" is "Duong"."""
    decomposed = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def foreign_words(text: str) -> list[str]:
    """The words of a text that are neither Vietnamese syllables nor neutral; placeholders do not count."""
    bare = NO_WORDS.sub(" ", text)
    words = [word for word in WORD.findall(bare) if word not in NEUTRAL and not (word.isupper() and len(word) <= 6)]
    return [word for word in words if not SYLLABLE.fullmatch(unmarked(word))]
