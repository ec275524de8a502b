export const id = 390;
export const ids = [390];
export const modules = {

/***/ 3390:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   refusalOf: () => (/* binding */ refusalOf),
/* harmony export */   unpack: () => (/* binding */ unpack)
/* harmony export */ });
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8474);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6466);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8522);
/* harmony import */ var tar__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7702);
/* harmony import */ var _archive_error_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1431);







const MAX_BYTES = 8 * 1024 ** 3;
const MAX_ENTRIES = 200_000;
const FILES = new Set(['File', 'OldFile', 'ContiguousFile']);
async function unpack(archive, folder) {
    const refusals = [];
    let entries = 0;
    let bytes = 0;
    const target = new tar__WEBPACK_IMPORTED_MODULE_5__/* .Unpack */ .dX({
        cwd: folder,
        strict: true,
        preserveOwner: false,
        filter(path, entry) {
            if (!('type' in entry))
                return false;
            entries += 1;
            bytes += entry.size ?? 0;
            const refusal = refusalOf(path, entry) ?? boundsRefusal(entries, bytes);
            if (refusal !== undefined)
                refusals.push(refusal);
            entry.mode = ((entry.mode ?? 0o644) & 0o755) | 0o600 | (entry.type === 'Directory' ? 0o700 : 0);
            return refusals.length === 0;
        },
    });
    const closed = (0,node_events__WEBPACK_IMPORTED_MODULE_0__.once)(target, 'close');
    closed.catch(() => undefined);
    try {
        await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_3__.pipeline)((0,node_fs__WEBPACK_IMPORTED_MODULE_1__.createReadStream)(archive), (0,node_zlib__WEBPACK_IMPORTED_MODULE_4__.createGunzip)(), async (tar) => {
            for await (const chunk of tar) {
                const more = target.write(chunk);
                if (refusals[0] !== undefined)
                    throw new _archive_error_js__WEBPACK_IMPORTED_MODULE_6__/* .ArchiveError */ .d(refusals[0]);
                if (!more)
                    await Promise.race([(0,node_events__WEBPACK_IMPORTED_MODULE_0__.once)(target, 'drain'), closed]);
            }
        });
        target.end();
        await closed;
    }
    catch (error) {
        throw isDiskError(error) ? error : asArchiveError(error);
    }
    if (refusals[0] !== undefined)
        throw new _archive_error_js__WEBPACK_IMPORTED_MODULE_6__/* .ArchiveError */ .d(refusals[0]);
    if (entries === 0)
        throw new _archive_error_js__WEBPACK_IMPORTED_MODULE_6__/* .ArchiveError */ .d('The archive is empty.');
}
function refusalOf(path, entry) {
    const shown = JSON.stringify(path);
    if (leaves(path))
        return `The archive holds ${shown}, which lies outside its folder.`;
    const link = entry.linkpath ?? '';
    switch (entry.type) {
        case 'Directory':
            return undefined;
        case 'SymbolicLink':
            return leaves(link, node_path__WEBPACK_IMPORTED_MODULE_2__.posix.dirname(path))
                ? `The archive holds ${shown}, a link that points out to ${JSON.stringify(link)}.`
                : undefined;
        case 'Link':
            return leaves(link)
                ? `The archive holds ${shown}, a link that points out to ${JSON.stringify(link)}.`
                : undefined;
        default:
            return FILES.has(entry.type)
                ? undefined
                : `The archive holds ${shown}, which is a ${entry.type}: only files, folders and links are expected.`;
    }
}
function leaves(path, from = '.') {
    const plain = path.replaceAll('\\', '/');
    if (plain === '' || plain.startsWith('/') || /^[a-z]:/i.test(plain))
        return true;
    const whole = node_path__WEBPACK_IMPORTED_MODULE_2__.posix.normalize(node_path__WEBPACK_IMPORTED_MODULE_2__.posix.join(from.replaceAll('\\', '/'), plain));
    return whole === '..' || whole.startsWith('../');
}
function boundsRefusal(entries, bytes) {
    if (entries > MAX_ENTRIES)
        return `The archive holds more than ${MAX_ENTRIES} entries.`;
    return bytes > MAX_BYTES ? `The archive holds more than ${MAX_BYTES / 1024 ** 3} GiB.` : undefined;
}
function isDiskError(error) {
    return error instanceof Error && 'syscall' in error && 'errno' in error;
}
function asArchiveError(error) {
    if (error instanceof _archive_error_js__WEBPACK_IMPORTED_MODULE_6__/* .ArchiveError */ .d)
        return error;
    const reason = error instanceof Error ? error.message : String(error);
    return new _archive_error_js__WEBPACK_IMPORTED_MODULE_6__/* .ArchiveError */ .d(`The archive is damaged or incomplete (${reason}).`, { cause: error });
}


/***/ })

};
