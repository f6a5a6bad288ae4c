// Decides which picture stands for a file, by the ending of its name: one of ten kinds.

/** @typedef {"image" | "video" | "audio" | "document" | "table" | "archive" | "text" | "code" | "translation" | "other"} Kind */

/** @type {[Kind, string][]} */
const ENDINGS = [
  ["image", "avif bmp gif heic heif ico jpeg jpg png psd svg tif tiff webp"],
  ["video", "3gp avi m4v mkv mov mp4 mpeg mpg mxf ogv webm wmv"],
  ["audio", "aac aif aiff flac m4a mid mp3 oga ogg opus wav wma"],
  ["document", "doc docx epub idml indd key odp odt pages pdf pot ppt pptx rtf"],
  ["table", "csv numbers ods tsv xls xlsb xlsm xlsx"],
  ["archive", "7z bz2 dmg gz iso jar rar tar tgz xz zip zst"],
  ["text", "log md srt txt vtt"],
  ["code", "c cpp cs css go h htm html ini java js json kt php py rb rs sh sql swift toml ts xml yaml yml"],
  ["translation", "mqxliff mxliff po sdlppx sdlrpx sdltb sdltm sdlxliff tbx tmx txlf xlf xliff xlz"],
];

/** @type {Map<string, Kind>} */
const KINDS = new Map(ENDINGS.flatMap(([kind, endings]) => endings.split(" ").map((ending) => /** @type {const} */ ([ending, kind]))));

/** @param {string} name of a file, or its ending alone @returns {Kind} */
export const kindOf = (name) => KINDS.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase()) ?? "other";
