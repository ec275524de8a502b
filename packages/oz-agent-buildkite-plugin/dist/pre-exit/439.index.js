export const id = 439;
export const ids = [439];
export const modules = {

/***/ 439:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  refusalOf: () => (/* binding */ refusalOf),
  unpack: () => (/* binding */ unpack)
});

// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(474);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(24);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(760);
// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(522);
// EXTERNAL MODULE: ./node_modules/.pnpm/tar@7.5.23/node_modules/tar/dist/esm/index.min.js
var index_min = __webpack_require__(702);
;// CONCATENATED MODULE: ./packages/core/lib/archive-error.js
class ArchiveError extends Error {
    name = 'ArchiveError';
}

;// CONCATENATED MODULE: ./packages/core/lib/node-ports/unpack.js







const MAX_BYTES = 8 * 1024 ** 3;
const MAX_ENTRIES = 200_000;
const FILES = new Set(['File', 'OldFile', 'ContiguousFile']);
async function unpack(archive, folder) {
    const refusals = [];
    let entries = 0;
    let bytes = 0;
    const target = new index_min/* Unpack */.dX({
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
    const closed = (0,external_node_events_.once)(target, 'close');
    closed.catch(() => undefined);
    try {
        await (0,promises_.pipeline)((0,external_node_fs_.createReadStream)(archive), (0,external_node_zlib_.createGunzip)(), async (tar) => {
            for await (const chunk of tar) {
                const more = target.write(chunk);
                if (refusals[0] !== undefined)
                    throw new ArchiveError(refusals[0]);
                if (!more)
                    await Promise.race([(0,external_node_events_.once)(target, 'drain'), closed]);
            }
        });
        target.end();
        await closed;
    }
    catch (error) {
        throw isDiskError(error) ? error : asArchiveError(error);
    }
    if (refusals[0] !== undefined)
        throw new ArchiveError(refusals[0]);
    if (entries === 0)
        throw new ArchiveError('The archive is empty.');
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
            return leaves(link, external_node_path_.posix.dirname(path))
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
    const whole = external_node_path_.posix.normalize(external_node_path_.posix.join(from.replaceAll('\\', '/'), plain));
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
    if (error instanceof ArchiveError)
        return error;
    const reason = error instanceof Error ? error.message : String(error);
    return new ArchiveError(`The archive is damaged or incomplete (${reason}).`, { cause: error });
}


/***/ })

};
