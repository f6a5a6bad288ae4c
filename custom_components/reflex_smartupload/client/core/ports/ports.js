// Decides what the engine may ask of the outside: every port in one place, types only. Adapters are in ../../io,
// their in-memory twins in ../../io/twins.

/**
 * @typedef {object} Clock monotonic milliseconds: a wall clock that is a day off changes nothing
 * @property {() => number} now
 * @property {() => number} wall ms since 1970, for showing only
 * @property {(ms: number, run: () => void) => () => void} after returns its cancel
 */

/**
 * @typedef {object} ServerUpload the server's answer, as smartupload/api/schemas.py has it
 * @property {string} id
 * @property {string} name
 * @property {number} size
 * @property {string} type
 * @property {string | null} last_modified
 * @property {string} state
 * @property {number} part_size
 * @property {number} part_count
 * @property {number} confirmed_bytes
 * @property {number} epoch
 * @property {string} created_at
 * @property {string} [updated_at]
 * @property {string | null} completed_at
 * @property {string} share_url
 * @property {Record<string, string>} [metadata] what was said of it when it was begun; an older server says nothing
 * @property {string} [uploader] which uploader of a page took it
 * @property {{code: string, detail: string} | null} error
 * @property {string | null} [checksum] of the file that was made, over the digests of its parts; null while none is
 * @property {string[]} [versions] those that vouch for all of it
 * @property {StoredPart[]} [confirmed]
 * @property {Signed | null} [signed] its first part, where the call that began it told of it
 */

/** @typedef {{number: number, size: number, sha256: string | null, versions: string[]}} StoredPart what the store has, and which versions of the file vouch for it */
/** @typedef {{number: number, size: number, sha256: string}} PartDigest */
/**
 * @typedef {object} Voucher for which version of the file the digests stand
 * @property {string} [version] a name that this browser gave it; without one nobody can tell two versions apart
 * @property {number} [epoch] that the browser knows; in another one nothing is signed
 * @property {boolean} [replace] the person wants this version in the place of what was signed before
 */
/** @typedef {{number: number, confirmed?: boolean, url?: string, others?: string[], relay?: string, headers?: Record<string, string>, form?: Form, expires_in?: number}} PartGrant `others`: the same at other hosts of the store; `relay`: a path of the app that takes it; `form`: does the same */
/** @typedef {{url: string, fields: Record<string, string>}} Form */

/** @typedef {{name: string, size: number, type: string, last_modified: string | null, head?: string, line_rate?: number, metadata?: Record<string, string>, uploader?: string, group?: string, path?: string, first?: {size: number, sha256: string, version?: string}}} NewFile `group`, `path`: with which other files it was given, and where among them; `first`: its first part, as parts are expected to be cut */
/** @typedef {{id: string, parts: PartDigest[]} & Voucher} ToSign the parts of one upload */
/** @typedef {{epoch: number, parts: PartGrant[]}} Signed */
/** @typedef {{results: ({[member: string]: unknown} | null)[]}} Results of a call about many, in the order asked: each has the answer of the call about one, or a `problem`; nobody has looked whether it is so */

/**
 * @typedef {object} Api each call rejects with NetworkError or ApiError
 * @property {(file: NewFile, key: string) => Promise<ServerUpload>} create
 * @property {(files: (NewFile & {key: string})[]) => Promise<Results>} createMany up to 100, `upload` each, and what is `signed` of it
 * @property {(id: string) => Promise<ServerUpload>} get
 * @property {(id: string, key: string) => Promise<unknown>} adopt take an upload along that was begun here under a lost cookie
 * @property {() => Promise<ServerUpload[]>} list
 * @property {(id: string, parts: PartDigest[], voucher?: Voucher) => Promise<Signed>} sign
 * @property {(uploads: ToSign[]) => Promise<Results>} signMany up to 100 with 100 parts in all, `signed` each
 * @property {(id: string, parts: PartDigest[], voucher?: Voucher) => Promise<{epoch: number, parts: FormGrant[]}>} handover
 * @property {(registration: {registration: string, uploads: string[], stream: string}) => Promise<{held: boolean}>} hold keep the browser from sending what is given with it while the stream of that name lives; false: it was let go
 * @property {(id: string) => Promise<ServerUpload>} complete
 * @property {(ids: string[]) => Promise<Results>} completeMany up to 100, `upload` each
 * @property {(uploads: {id: string, epoch: number, sent: number, low: number, high: number}[]) => Promise<unknown>} [tell] others how far they are; seconds left, 0 to 0 where that is not known
 * @property {(id: string) => Promise<ServerUpload>} pause
 * @property {(id: string) => Promise<ServerUpload>} resume
 * @property {(id: string) => Promise<unknown>} cancel
 * @property {(ids: string[]) => Promise<Results>} cancelMany up to 100, `upload` each
 * @property {(met: {reason: string, status: number, host: string}) => Promise<unknown>} [report] what stands between this browser and the store, for whoever runs the site
 * @property {() => Promise<Settings & {owner?: string}>} settings with the tag of the owner who asks
 */

/**
 * @typedef {object} Events what the server tells by itself
 * @property {(after: string, listener: {heard: (kind: string, place: string, data: any) => void, lost: () => void}, name: string) => () => void} open
 *   returns what ends it; `after` is the `place` of the last event that was heard, "" at first; by `name` the server knows who listens
 */

/** @typedef {{number: number, confirmed?: boolean, url?: string, fields?: Record<string, string>, expires_in?: number}} FormGrant */

/** @typedef {{wait_threshold_seconds: number, max_file_size: number | null, allowed_types: string[], max_parallel_parts: number, handover?: boolean, abandon_after_days?: number, ask_on_metered_mb?: number, sign_in?: string, signed_in?: boolean, anonymous?: boolean, stores?: string[]}} Settings `stores`: where parts go; `signed_in`: false while whoever is here may do nothing; `anonymous`: whoever signs in in a tab goes on with what was picked there until now; an older server says none of them */

/** @typedef {{status: number, etag: string, checksum: string, body: string}} PutAnswer */
/**
 * @callback Put sends one part straight to the store; rejects with NetworkError
 * @param {string} url
 * @param {Record<string, string>} headers of a form its fields
 * @param {Blob} body
 * @param {{onProgress: (loaded: number) => void, signal: AbortSignal}} options
 * @returns {Promise<PutAnswer>}
 */

/** @typedef {(blob: Blob) => Promise<ArrayBuffer>} Read the bytes of a short blob; rejects as `Blob.arrayBuffer` does */

/** @typedef {(blob: Blob) => Promise<string>} Hash base64 SHA-256; rejects with ReadError */

/**
 * @typedef {object} JournalEntry what is needed to go on after a crash
 * @property {string} id
 * @property {string} key Idempotency-Key of the create call
 * @property {string} name
 * @property {string} path
 * @property {string} type
 * @property {number} size
 * @property {number} lastModified
 * @property {number} addedAt
 * @property {number} [touchedAt] when something was last done with it here
 * @property {string} [owner] tag of the owner under whom it was added, "" or none while unknown
 * @property {string} phase
 * @property {string} uploadId
 * @property {number} partSize
 * @property {number} epoch
 * @property {string} shareUrl
 * @property {number} format of this entry, see entry.js
 * @property {string} version which state of the file; "" only in what older versions of the app wrote down
 * @property {string} stagedKind "" | "snapshot" | "opfs"
 * @property {string} stagedIn the key of what is staged
 * @property {number} stagedPartSize of part files, 0 when it has to be looked at
 * @property {boolean} edited another state of the file is waited for
 * @property {string} handedTo the registration in which the browser sends what is left, else ""
 * @property {number[]} [kept] the parts that are not in it, since they were on the line
 * @property {FileSystemFileHandle | null} [handle] leads back to the person's file, where the browser gives one
 * @property {number} confirmedBytes as last known here; the server's word counts
 * @property {number} [reachedBytes] as they were shown last
 * @property {string} token what this version of the file is called at the server, "" for one from before versions had names
 * @property {string} uploader which uploader of a page took it, "" for the one without a name
 * @property {Record<string, string>} metadata what the page said of it
 * @property {string} group with which other files it was given, "" for one that came singly
 * @property {number} finishedAt ms since 1970, 0 while it has not ended
 * @property {number} maxFiles how many its uploader takes at a time, 0 for any number
 * @property {boolean} [sendsNow] its person wants it sent, whatever the line costs
 * @property {number} replaces the epoch whose parts this version of the file may replace, 0 for none
 * @property {string} faultCode
 * @property {string} faultText
 */

/** @typedef {{language: string, words: string}} Spoken `words`: what the client says in it, "" for English */

/**
 * @typedef {object} Journal
 * @property {() => Promise<any[]>} all entries of any format
 * @property {(entries: JournalEntry[]) => Promise<void>} save
 * @property {(id: string) => Promise<void>} remove
 * @property {() => Promise<Record<string, number>>} rates what is remembered of line and disk, by name: bytes per second, and how far off they may be
 * @property {(rates: Record<string, number>) => Promise<void>} saveRates beside those of other names
 * @property {() => Promise<string>} owner tag of the owner who was here last, "" when nobody was
 * @property {(tag: string) => Promise<void>} saveOwner
 * @property {() => Promise<Spoken | null>} spoken the language of the page that came last
 * @property {(spoken: Spoken) => Promise<void>} saveSpoken
 * @property {(listener: () => void) => void} wiped tells that the browser has wiped journal and snapshots while the engine lives
 */

/**
 * @typedef {object} Snapshots staging as one native copy of the whole file
 * @property {() => boolean} usable
 * @property {(files: {id: string, file: Blob}[]) => Promise<void>} write all or none; `id` is the key of a version
 * @property {(id: string) => Promise<Blob | null>} read
 * @property {(id: string) => Promise<void>} remove
 * @property {() => Promise<string[]>} ids
 */

/**
 * @typedef {object} PartFiles staging part by part in OPFS
 * @property {() => boolean} usable
 * @property {(id: string, number: number, bytes: Blob) => Promise<string>} write reads once, returns the base64 SHA-256; `id` is the key of a cut.
 *   Bytes that changed while they were read leave nothing behind
 * @property {(id: string) => Promise<Map<number, string>>} list whole parts and their SHA-256
 * @property {(id: string, number: number) => Promise<Blob | null>} read
 * @property {(id: string, number: number) => Promise<void>} remove
 * @property {(id: string) => Promise<void>} removeAll
 * @property {() => Promise<string[]>} ids
 */

/**
 * @typedef {object} Network
 * @property {() => boolean} online
 * @property {() => number} lineRate bytes per second as the browser reports it, 0 when unknown
 * @property {() => "" | "metered" | "saving"} [cost] the line is one of those that cost money, or its person wants to save data, as far as the browser says
 */

/** @typedef {{room: () => Promise<number>}} Quota bytes that may still be staged */

/** @typedef {{id: string, title: string, bytes: number, requests: {url: string, fields: Record<string, string>, blob: Blob}[], isHeld?: boolean}} Registration `isHeld`: the browser asks the server before it sends, and now and then while it does */

/**
 * @typedef {object} Handovers Background Fetch, which only a page can begin. AbortError: no page is open; NotSupportedError: none whose browser has it
 * @property {() => boolean} usable a page is open whose browser has it
 * @property {(registration: Registration) => Promise<void>} give NotAllowedError: not before the person does something
 * @property {(id: string, stoodAt?: number) => Promise<void>} takeBack InvalidStateError: it is being sent, and cannot be ended before that has arrived; `stoodAt`: it stood still at so many bytes, and may be ended if it still does
 * @property {() => Promise<string[]>} active ids of what the browser still works on
 * @property {(id: string) => Promise<{bytes: number, of: number}>} sent bytes of its forms that have left, those on their way among them, as far as the browser tells; and of all of them
 */

/**
 * @typedef {object} Ports
 * @property {Clock} clock
 * @property {() => number} random
 * @property {() => string} newId
 * @property {Api} api
 * @property {Put} put
 * @property {Put} postForm the same as a form, with no progress before it is through
 * @property {(url: string) => Promise<{answers: boolean, private: boolean}>} [reach] whether anything answers there that the page may not read, and whether the browser keeps the page away from it since it is in a private network
 * @property {number} [memory] bytes of parts that may be at hand ahead of the line
 * @property {number} [patience] ms for a whole part, where `put` shows no progress
 * @property {Hash} hash
 * @property {Read} read
 * @property {Journal} journal
 * @property {Snapshots} snapshots
 * @property {PartFiles} partFiles
 * @property {Handovers} handovers
 * @property {Events} [stream] none where nobody waits for them
 * @property {Network} network
 * @property {() => void} [hangUp] calls to the server that are under way fail now: their connections are dead
 * @property {Quota} quota
 * @property {(change: {changed: import("./pages.js").Card[], removed: string[], totals: import("./pages.js").Totals, groups: import("./pages.js").Group[]}) => void} publish
 * @property {(event: {type: string, [field: string]: unknown}) => void} emit
 * @property {boolean} [strict] a mistake of the engine itself is thrown, for tests; else it is reported and not obeyed
 */

export {};
