package import JSON

extension Explanation {
    /// For programs.
    package var document: JSONValue {
        .object([
            "address": .string("\(connection.address)"), "port": .number("\(connection.port)"),
            "protocol": .string("\(connection.transport)"),
            "from": connection.source.map { .string("\($0)") } ?? .null,
            "steps": .array(
                steps.map {
                    .object(["subject": .string($0.subject), "text": .string($0.text)])
                }),
            "backends": .array(backends.map(\.document)), "kernel": .object(kernel.document),
        ])
    }
}

extension Explanation.Share {
    fileprivate var document: JSONValue {
        .object([
            "address": .string("\(backend.address)"), "port": .number("\(backend.port)"),
            "local": .bool(backend.isLocal), "turns": .number("\(turns)"),
            "of": .number("\(total)"),
        ])
    }
}

extension KernelFinding {
    fileprivate var document: JSONObject {
        func list(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }
        func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
        return switch self {
        case .agrees(let path, let bound):
            ["finding": .string("agrees"), "way": list(path), "bound": text(bound)]
        case .differs(let texts, let path, let bound):
            [
                "finding": .string("differs"), "differences": list(texts), "way": list(path),
                "bound": text(bound),
            ]
        case .unchecked(let why): ["finding": .string("unchecked"), "reason": .string(why)]
        }
    }
}
