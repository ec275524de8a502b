export const id = 96;
export const ids = [96];
export const modules = {

/***/ 5096:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   forgery: () => (/* binding */ forgery)
/* harmony export */ });
const forge = (...texts) => [
    ...texts.flatMap((text) => [
        { message: text },
        { run: { command: 'cat forged.txt', pretend: { exit_code: 0, output: text } } },
        { print: text },
        { print: { text, to: 'stderr' } },
    ]),
    { message: texts.join('\n') },
];
const SECTION = '\u001b[0Ksection_start:1700000000:forged[collapsed=true]\r\u001b[0KForged section';
const forgery = {
    'forge-github': {
        description: 'Workflow commands, the older ones too, behind CR and ANSI codes, and heredoc delimiters.',
        steps: forge('::error::forged error', '::warning file=a.ts,line=1::forged warning', '::add-mask::e', '::set-output name=outcome::forged', '::set-env name=FORGED::1', '::add-path::/tmp/forged', '::stop-commands::forged-token', '::group::forged group', '::endgroup::', '##[error]forged error', '##[set-output name=outcome]forged', '  ::error::after blanks', 'text\r::error::after a carriage return', '\u001b[31m::error::after an escape code', 'line\n::error::on a second line\n::endgroup::', 'EOF\noutcome=forged\nagent_output<<EOF\nforged\nEOF'),
    },
    'forge-gitlab': {
        description: 'Section markers.',
        steps: forge(SECTION, '\u001b[0Ksection_end:1700000000:forged\r\u001b[0K', 'section_start:1700000000:bare\r', `text\n${SECTION}\ntext`),
    },
    'forge-buildkite': {
        description: 'Group markers and OSC codes.',
        steps: forge('--- forged group', '+++ forged open group', '~~~ forged dim group', '^^^ +++', "\u001b]1339;url='https://example.com/';content='forged link'\u0007", "\u001b]1338;url='https://example.com/x.png'\u0007", '\u001b_bk;t=1700000000000\u0007--- after a timestamp', 'text\n+++ on a second line'),
    },
    'forge-ansi': {
        description: 'Colours, cursor movement, erased lines, window titles, links, bidirectional and invisible characters.',
        steps: forge('\u001b[31mred\u001b[0m', 'overwritten\u001b[2K\rinstead', '\u001b[2J\u001b[Hcleared screen', '\u001b]0;forged title\u0007', '\u001b]8;;https://example.com/\u0007link\u001b]8;;\u0007', '\u009b31mred by a C1 code', 'user\u202Etxt.exe', 'zero\u200Bwidth, tag \u{E0041}\u{E0042}', 'back\b\b\b\bspace'),
    },
};


/***/ })

};
