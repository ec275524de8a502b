export const id = 79;
export const ids = [79];
export const modules = {

/***/ 2079:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   secrets: () => (/* binding */ secrets)
/* harmony export */ });
const secrets = {
    'leak-key': {
        description: 'Says its WARP_API_KEY plain, as base64, URL-encoded, JSON-escaped, as hex, across two writes, on stderr.',
        steps: [{ leak: {} }, { message: 'All said.' }],
    },
    'dump-env': {
        description: 'Says its whole environment and its arguments, and writes them to oz-sim-dump.json.',
        steps: [{ dump: { to: 'file' } }, { dump: { to: 'message' } }, { dump: { to: 'stderr' } }],
    },
};


/***/ })

};
