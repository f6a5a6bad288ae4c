"""Which media types a file may be taken for by its name, and which words of browsers mean the same: one table, which the browser half has as well.

What the bytes show comes before the name, and the name before what a browser says: that goes by its system's own lists, and says
`application/vnd.ms-excel` of a CSV, or nothing.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Sequence

UNKNOWN = "application/octet-stream"

TABLE = """
png: image/png image/x-png
apng: image/apng image/png
jpg jpeg jpe jfif pjpeg: image/jpeg image/jpg image/pjpeg
gif: image/gif
webp: image/webp
heic heics: image/heic image/heif image/heic-sequence image/heif-sequence
heif heifs hif: image/heif image/heic image/heif-sequence image/heic-sequence
avif: image/avif
tif tiff: image/tiff image/tif image/x-tiff
bmp dib: image/bmp image/x-ms-bmp image/x-bmp
ico: image/vnd.microsoft.icon image/x-icon
svg svgz: image/svg+xml
psd: image/vnd.adobe.photoshop image/x-photoshop application/x-photoshop application/photoshop image/psd
dng: image/x-adobe-dng image/dng
nef: image/x-nikon-nef
cr2: image/x-canon-cr2
cr3: image/x-canon-cr3
arw: image/x-sony-arw
eps ps: application/postscript application/eps image/x-eps
ai: application/postscript application/illustrator application/pdf
mp3: audio/mpeg audio/mp3 audio/x-mp3 audio/mpeg3 audio/x-mpeg audio/x-mpeg-3 audio/mpg
wav wave: audio/wav audio/x-wav audio/wave audio/vnd.wave
m4a m4b: audio/mp4 audio/x-m4a audio/m4a audio/x-m4b
aac: audio/aac audio/x-aac audio/aacp audio/vnd.dlna.adts
flac: audio/flac audio/x-flac
ogg oga: audio/ogg audio/x-ogg application/ogg | video/ogg
opus: audio/ogg audio/opus
aif aiff: audio/aiff audio/x-aiff
wma: audio/x-ms-wma
amr: audio/amr audio/3gpp
mid midi: audio/midi audio/x-midi audio/mid
mp4: video/mp4 video/x-mp4 application/mp4 | audio/mp4
m4v: video/x-m4v video/mp4
mov qt: video/quicktime
webm: video/webm | audio/webm
weba: audio/webm
mkv: video/x-matroska video/matroska
mka: audio/x-matroska audio/matroska
avi: video/x-msvideo video/avi video/msvideo video/vnd.avi
wmv: video/x-ms-wmv
asf: video/x-ms-asf
mpg mpeg mpe: video/mpeg video/x-mpeg
3gp 3gpp: video/3gpp | audio/3gpp
3g2: video/3gpp2 | audio/3gpp2
ogv: video/ogg application/ogg
mts m2ts: video/mp2t video/vnd.dlna.mpeg-tts
ts: video/mp2t video/vnd.dlna.mpeg-tts | text/typescript text/x-typescript application/typescript application/x-typescript
flv: video/x-flv
zip: application/zip application/x-zip-compressed application/x-zip multipart/x-zip
7z: application/x-7z-compressed
rar: application/vnd.rar application/x-rar-compressed application/x-rar
gz tgz: application/gzip application/x-gzip application/x-compressed-tar application/x-compressed
tar: application/x-tar
bz2 tbz2: application/x-bzip2 application/x-bzip application/bzip2
xz txz: application/x-xz
zst: application/zstd application/x-zstd
iso: application/x-iso9660-image application/x-cd-image
jar: application/java-archive application/x-java-archive application/x-jar
pdf: application/pdf application/x-pdf
doc dot: application/msword application/vnd.ms-word application/x-msword
xls xlt: application/vnd.ms-excel application/msexcel application/x-excel application/x-msexcel
ppt pps: application/vnd.ms-powerpoint application/mspowerpoint application/x-mspowerpoint
docx: application/vnd.openxmlformats-officedocument.wordprocessingml.document
dotx: application/vnd.openxmlformats-officedocument.wordprocessingml.template
docm: application/vnd.ms-word.document.macroenabled.12
dotm: application/vnd.ms-word.template.macroenabled.12
xlsx: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet
xltx: application/vnd.openxmlformats-officedocument.spreadsheetml.template
xlsm: application/vnd.ms-excel.sheet.macroenabled.12
xlsb: application/vnd.ms-excel.sheet.binary.macroenabled.12
pptx: application/vnd.openxmlformats-officedocument.presentationml.presentation
potx: application/vnd.openxmlformats-officedocument.presentationml.template
ppsx: application/vnd.openxmlformats-officedocument.presentationml.slideshow
pptm: application/vnd.ms-powerpoint.presentation.macroenabled.12
odt: application/vnd.oasis.opendocument.text application/x-vnd.oasis.opendocument.text
ott: application/vnd.oasis.opendocument.text-template
ods: application/vnd.oasis.opendocument.spreadsheet application/x-vnd.oasis.opendocument.spreadsheet
ots: application/vnd.oasis.opendocument.spreadsheet-template
odp: application/vnd.oasis.opendocument.presentation application/x-vnd.oasis.opendocument.presentation
otp: application/vnd.oasis.opendocument.presentation-template
odg: application/vnd.oasis.opendocument.graphics application/x-vnd.oasis.opendocument.graphics
odf: application/vnd.oasis.opendocument.formula
fodt: application/vnd.oasis.opendocument.text-flat-xml
fods: application/vnd.oasis.opendocument.spreadsheet-flat-xml
sxw: application/vnd.sun.xml.writer
sxc: application/vnd.sun.xml.calc
sxi: application/vnd.sun.xml.impress
rtf: application/rtf text/rtf application/x-rtf text/richtext
pages: application/vnd.apple.pages application/x-iwork-pages-sffpages
numbers: application/vnd.apple.numbers application/x-iwork-numbers-sffnumbers
key: application/vnd.apple.keynote application/x-iwork-keynote-sffkey
epub: application/epub+zip
mobi: application/x-mobipocket-ebook
vsd: application/vnd.visio
vsdx: application/vnd.ms-visio.drawing
msg: application/vnd.ms-outlook
mpp: application/vnd.ms-project
pub: application/vnd.ms-publisher application/x-mspublisher
eml: message/rfc822
txt text log ini cfg conf: text/plain
csv: text/csv application/csv text/x-csv application/x-csv text/comma-separated-values text/x-comma-separated-values application/vnd.ms-excel
tsv tab: text/tab-separated-values text/tsv
md markdown: text/markdown text/x-markdown
html htm: text/html
xhtml: application/xhtml+xml
xml: application/xml text/xml
json: application/json text/json
jsonl ndjson: application/jsonl application/x-ndjson application/x-jsonlines
yaml yml: application/yaml application/x-yaml text/yaml text/x-yaml
toml: application/toml text/x-toml
ics: text/calendar
vcf: text/vcard text/x-vcard
srt: application/x-subrip text/srt text/x-srt text/x-subrip application/srt
vtt: text/vtt
ass ssa: text/x-ssa text/x-ass
sbv: text/x-sbv
ttml dfxp: application/ttml+xml
xlf xliff: application/xliff+xml application/x-xliff+xml application/xml text/xml
sdlxliff: application/x-sdlxliff+xml application/xliff+xml application/x-xliff+xml application/xml text/xml
mqxliff: application/x-mqxliff+xml application/xliff+xml application/x-xliff+xml application/xml text/xml
mxliff: application/x-mxliff+xml application/xliff+xml application/x-xliff+xml application/xml text/xml
tmx: application/x-tmx+xml application/x-tmx application/xml text/xml
tbx: application/x-tbx+xml application/x-tbx application/xml text/xml
ttx: application/x-ttx+xml application/x-ttx application/xml text/xml
resx: application/x-resx+xml application/xml text/xml
po: text/x-gettext-translation text/x-po application/x-gettext application/x-po
pot: text/x-gettext-translation-template text/x-pot application/x-gettext-template | application/vnd.ms-powerpoint
idml: application/vnd.adobe.indesign-idml-package application/x-indesign-idml
indd: application/x-indesign application/x-adobe-indesign
properties: text/x-java-properties text/x-properties text/plain
strings: text/x-strings text/plain
py pyw: text/x-python application/x-python application/x-python-code text/x-script.python text/plain
c h: text/x-c text/x-csrc text/x-chdr text/plain
cpp cc cxx hpp hh: text/x-c++ text/x-c++src text/x-c++hdr text/x-c text/plain
cs: text/x-csharp text/plain
java: text/x-java text/x-java-source application/x-java text/plain
kt kts: text/x-kotlin text/plain
swift: text/x-swift text/plain
go: text/x-go text/plain
rs: text/x-rust text/rust text/plain
rb: text/x-ruby application/x-ruby text/plain
php: application/x-httpd-php application/x-php text/x-php text/plain
pl pm: text/x-perl application/x-perl text/plain
lua: text/x-lua text/plain
sh bash: application/x-sh text/x-sh application/x-shellscript text/x-shellscript text/plain
bat cmd: application/x-bat application/bat application/x-msdos-program text/plain
ps1: application/x-powershell text/x-powershell text/plain
js mjs cjs: text/javascript application/javascript application/x-javascript application/ecmascript text/plain
jsx: text/jsx text/javascript text/plain
tsx: text/tsx text/typescript application/typescript text/plain
css: text/css
scss sass less: text/x-scss text/x-sass text/x-less text/plain
sql: application/sql application/x-sql text/x-sql text/plain
tex: text/x-tex application/x-tex application/x-latex text/plain
ipynb: application/x-ipynb+json application/json
diff patch: text/x-diff text/x-patch text/plain
dwg: image/vnd.dwg application/acad application/dwg application/x-dwg application/x-acad application/autocad_dwg image/x-dwg
dxf: image/vnd.dxf application/dxf application/x-dxf image/x-dxf
dwf: model/vnd.dwf drawing/x-dwf
step stp p21: model/step application/step application/x-step application/p21
iges igs: model/iges application/iges
ifc: application/x-ifc model/ifc application/x-step application/p21
stl: model/stl model/x.stl-binary model/x.stl-ascii application/sla application/vnd.ms-pki.stl | application/x-ebu-stl
obj: model/obj application/x-tgif text/plain
3mf: model/3mf application/vnd.ms-package.3dmanufacturing-3dmodel+xml
glb: model/gltf-binary
gltf: model/gltf+json
ply: model/ply application/x-ply
dae: model/vnd.collada+xml
skp: application/vnd.sketchup.skp
ttf: font/ttf application/x-font-ttf application/font-sfnt
otf: font/otf application/x-font-otf
woff: font/woff application/font-woff
woff2: font/woff2 application/font-woff2
exe dll scr: application/vnd.microsoft.portable-executable application/x-msdownload application/x-msdos-program application/x-dosexec application/exe
msi: application/x-msi application/x-ms-installer
class: application/java-vm application/x-java-class
sqlite sqlite3: application/vnd.sqlite3 application/x-sqlite3
geojson: application/geo+json application/json
gpx: application/gpx+xml
kml: application/vnd.google-earth.kml+xml
kmz: application/vnd.google-earth.kmz
"""
"""Extensions: their type, then other words for it. Behind a bar another thing that such a name is used for.

The same text stands in `core/upload/media_types.js`.
"""


def _read(table: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in table.strip().splitlines():
        extensions, _, types = line.partition(":")
        classes = tuple(tuple(one.split()) for one in types.split("|"))
        found |= dict.fromkeys(extensions.split(), classes)
    return found


_MEANINGS = _read(TABLE)


def _words() -> dict[str, tuple[str, ...]]:
    """From a type to all words for it: those of the first line whose own type it is, else of the first that has it."""
    lines = [meaning for meanings in _MEANINGS.values() for meaning in meanings]
    found: dict[str, tuple[str, ...]] = {}
    for meaning in lines:
        found.setdefault(meaning[0], meaning)
    for meaning in lines:
        for word in meaning:
            found.setdefault(word, meaning)
    return found


_WORDS = _words()


def extension_of(name: str) -> str:
    """The last one, in small letters; empty without one."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def of_name(name: str) -> tuple[tuple[str, ...], ...]:
    """What a file of this name may be: each meaning of its extension, with all words for it. Empty when nobody knows."""
    return _MEANINGS.get(extension_of(name), ())


def named(name: str, said: str) -> str:
    """The type of a file that is called so and that somebody said this of: the usual word, where the name gives it a meaning."""
    meanings = of_name(name)
    own = next((meaning[0] for meaning in meanings if said in meaning), "")
    return own or (said if said != UNKNOWN else "") or (meanings[0][0] if meanings else UNKNOWN)


def words_for(kind: str, name: str) -> tuple[str, ...]:
    """All words for what this type is in a file of this name."""
    return next((meaning for meaning in of_name(name) if kind in meaning), _WORDS.get(kind, (kind,)))


def taken_for(name: str, said: str, recognised: str = "") -> tuple[str, ...]:
    """All types that it may be on a list as, the best first: what its bytes have shown, else what its name says, else what is said of it."""
    if recognised:
        return (recognised, *(word for word in words_for(recognised, name) if word != recognised))
    by_name = tuple(word for meaning in of_name(name) for word in meaning)
    return by_name or words_for(said or UNKNOWN, name)


def is_listed(entries: Iterable[str], name: str, types: Sequence[str]) -> bool:
    """Whether an extension, a type or a glob over types is on the list."""
    return any(
        name.lower().endswith(entry)
        if entry.startswith(".")
        else any(fnmatch.fnmatchcase(kind, entry) for kind in types)
        for entry in entries
    )


def both(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """The entries of two lists that the other one takes, too."""
    return tuple(entry for entry in one if _covers(other, entry)) + tuple(
        entry for entry in other if entry not in one and _covers(one, entry)
    )


def _covers(entries: Sequence[str], entry: str) -> bool:
    if entry.startswith("."):
        return is_listed(entries, entry, [word for meaning in of_name(entry) for word in meaning])
    return any(fnmatch.fnmatchcase(entry, one) for one in entries)
