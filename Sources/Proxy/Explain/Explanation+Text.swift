extension Explanation {
    /// For people: a line a step, and what the kernel says of it.
    package var text: String {
        let rows = steps.map { ($0.subject, $0.text) } + backends.map { ("→", $0.words) }
        let width = rows.map(\.0.count).max() ?? 0
        let lines = rows.map { subject, text in
            "  \(subject)\(String(repeating: " ", count: width - subject.count))  \(text)\n"
        }
        return "\(connection)\n" + lines.joined() + kernel.text
    }
}

extension Explanation.Share {
    fileprivate var words: String {
        let place = backend.isLocal ? ", on this node" : ""
        let share = turns == total ? "always" : "\(turns) of \(total) turns"
        return "\(backend), \(share)\(place)"
    }
}

extension KernelFinding {
    fileprivate var text: String {
        switch self {
        case .agrees(let path, let bound):
            Self.bound(bound) + "kernel: agrees\n" + Self.indented(path)
        case .differs(let texts, let path, let bound):
            Self.bound(bound) + "kernel: differs\n" + Self.indented(texts)
                + (path.isEmpty ? "its way:\n" : "its way:\n" + Self.indented(path))
        case .unchecked(let why): "kernel: not checked: \(why)\n"
        }
    }

    private static func bound(_ name: String?) -> String {
        name.map { "bound: the kernel remembers the client, which \($0)\n" } ?? ""
    }

    private static func indented(_ lines: [String]) -> String {
        lines.map { "  \($0)\n" }.joined()
    }
}
