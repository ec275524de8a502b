export const id = 538;
export const ids = [538];
export const modules = {

/***/ 6538:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  findScenario: () => (/* binding */ findScenario)
});

// UNUSED EXPORTS: allScenarios

// EXTERNAL MODULE: ./packages/oz-sim/lib/cli/usage.js
var usage = __webpack_require__(156);
// EXTERNAL MODULE: ./packages/oz-sim/lib/sim-error.js
var sim_error = __webpack_require__(2074);
;// CONCATENATED MODULE: ./packages/oz-sim/lib/scenarios/success.js
const success = {
    description: 'Thinks, says something, ends well.',
    steps: [{ reasoning: 'The request is clear.' }, { message: 'All done.' }],
};

;// CONCATENATED MODULE: ./packages/oz-sim/lib/scenarios/catalogue.js



async function findScenario(name, origin) {
    if (name === 'success')
        return success;
    const all = await allScenarios();
    const found = all.get(name);
    if (found)
        return found;
    const near = (0,usage/* nearest */.pA)(name, [...all.keys()]);
    const help = near ? `did you mean '${near}'?` : `known scenarios: ${[...all.keys()].join(', ')}`;
    throw new sim_error/* SimError */.W(`${origin} asks for the scenario '${name}', which does not exist; ${help}`);
}
async function allScenarios() {
    const themes = await Promise.all([
        __webpack_require__.e(/* import() */ 569).then(__webpack_require__.bind(__webpack_require__, 8569)).then(({ work }) => work),
        __webpack_require__.e(/* import() */ 786).then(__webpack_require__.bind(__webpack_require__, 5786)).then(({ endings }) => endings),
        __webpack_require__.e(/* import() */ 865).then(__webpack_require__.bind(__webpack_require__, 6865)).then(({ output }) => output),
        __webpack_require__.e(/* import() */ 96).then(__webpack_require__.bind(__webpack_require__, 5096)).then(({ forgery }) => forgery),
        __webpack_require__.e(/* import() */ 79).then(__webpack_require__.bind(__webpack_require__, 2079)).then(({ secrets }) => secrets),
        __webpack_require__.e(/* import() */ 663).then(__webpack_require__.bind(__webpack_require__, 9663)).then(({ failures }) => failures),
        __webpack_require__.e(/* import() */ 639).then(__webpack_require__.bind(__webpack_require__, 639)).then(({ cloud }) => cloud),
    ]);
    return new Map([['success', success], ...themes.flatMap((theme) => Object.entries(theme))]);
}


/***/ })

};
