import JSON
import Platform
import TestSupport
import Testing

@testable import Bench

/// A real browser without a window, which shows a page and says what is seen.
struct Browser {
    var width = 1200
    var isDark = false

    private static let names = ["chromium", "chromium-browser", "google-chrome"]
    private static let search = "/usr/local/bin:/usr/bin:/bin"

    /// Nil where none is installed.
    static let path: String? = search.split(separator: ":").lazy.flatMap { directory in
        names.map { "\(directory)/\($0)" }
    }.first { (try? File.status($0))?.kind == .file }

    /// Shows the page in a frame of the width, with all that is folded open, and has the script
    /// read it: an expression over `page`, the frame's document.
    func read(_ page: ResultsPage, script: String) throws -> JSONValue {
        let path = try #require(Self.path)
        return try withTemporaryDirectory { directory in
            let document = outer(page, script)
            try File.replace("\(directory)/page.html", with: document.utf8Span.span)
            var arguments = [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                "--user-data-dir=\(directory)/profile", "--dump-dom", "--window-size=1300,1000",
            ]
            if isDark { arguments.append("--blink-settings=preferredColorScheme=0") }
            let program = Program(
                path, arguments + ["file://\(directory)/page.html"],
                environment: ["PATH=\(Self.search)", "HOME=\(directory)", "TMPDIR=\(directory)"],
                limit: .seconds(200))
            let outcome = try program.run()
            return try Self.answer(String(decoding: outcome.output, as: UTF8.self))
        }
    }

    /// The page itself is not touched: its policy would not let a script run in it.
    private func outer(_ page: ResultsPage, _ script: String) -> String {
        let frame = Markup.element(
            "iframe",
            ["srcdoc": page.text, "style": "width:\(width)px;height:900px;border:0", "id": "frame"])
        return """
            <!DOCTYPE html><meta charset="utf-8"><body style="margin:0">\(frame.source)
            <pre id="answer"></pre><script>
            window.onload = () => {
              const page = document.getElementById("frame").contentDocument;
              const view = document.getElementById("frame").contentWindow;
              for (const fold of page.querySelectorAll("details")) fold.open = true;
              const box = element => {
                const box = element.getBBox();
                return { x: box.x, y: box.y, width: box.width, height: box.height };
              };
              const shape = element => ({
                ...element.dataset, kind: element.getAttribute("class"), box: box(element),
              });
              document.getElementById("answer").textContent = JSON.stringify(\(script));
            };
            </script>
            """
    }

    private static func answer(_ document: String) throws -> JSONValue {
        let start = try #require(document.range(of: "<pre id=\"answer\">")).upperBound
        let end = try #require(document[start...].range(of: "</pre>")).lowerBound
        let text = document[start..<end]
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
        return try JSONValue(document: Array(text.utf8).span)
    }
}

extension StringProtocol {
    fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}

extension JSONValue {
    subscript(key: String) -> JSONValue { object?[key] ?? .null }

    var elements: [JSONValue] { array ?? [] }

    var text: String? { string }

    /// A number, or the text of one, as attributes have them.
    var number: Double? {
        switch self {
        case .number(let digits): Double(digits)
        case .string(let text): Double(text)
        default: nil
        }
    }
}
