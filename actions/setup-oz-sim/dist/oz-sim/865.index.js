export const id = 865;
export const ids = [865];
export const modules = {

/***/ 6865:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   output: () => (/* binding */ output)
/* harmony export */ });
const output = {
    'huge-output': {
        description: '64 MB of events.',
        steps: [{ flood: { megabytes: 64 } }, { message: 'All done.' }],
    },
    'giant-line': { description: 'One line of 10 MB.', steps: [{ giant_line: 10 }, { message: 'All done.' }] },
    garbage: {
        description: 'Invalid UTF-8, NULs, lines that are no JSON, half an object, no final newline.',
        steps: [
            { message: 'Before the garbage.' },
            { bytes: 'ff fe 00 80 c3 28 0a' },
            { print: 'thread main: a log line that is no JSON' },
            { print: '{"type":"agent","text":' },
            { print: '[1, 2, 3]' },
            { print: 'null' },
            { print: '' },
            { event: { type: 'agent' } },
            { message: { text: 'After the garbage.', newline: false } },
        ],
    },
    'unicode-split': {
        description: 'Characters of two to four bytes, a byte a write.',
        steps: [{ split: { text: 'Grüße aus Łódź: 日本語, 👩‍💻, 🎉' } }, { message: 'All done.' }],
    },
    'unknown-events': {
        description: 'Types and kinds that no published release has.',
        steps: [
            { event: { type: 'telepathy', thought: 'unspoken' } },
            { event: { type: 'system', event_type: 'moon_phase', phase: 'full' } },
            { event: { type: 'tool_call', tool: 'teleport', to: 'anywhere' } },
            { event: { type: 'artifact_created', artifact_type: 'hologram', url: 'https://example.com/h' } },
            { message: 'All done.' },
        ],
    },
};


/***/ })

};
