package import Network
import Platform
package import YAML

/// A value that somebody wrote, in a file or on the command line, and what leads to it.
package struct Setting: Sendable {
    package enum Content: Sendable {
        case node(YAMLNode)
        case text(String)
    }

    package let content: Content
    /// Empty for the command line.
    package let file: String
    /// "conntrack.min" or "--conntrack-min".
    package let key: String

    package init(content: Content, file: String, key: String) {
        self.content = content
        self.file = file
        self.key = key
    }
}

extension Setting {
    package func string() throws(ConfigurationError) -> String {
        switch content {
        case .text(let text): return text
        case .node(let node):
            guard let text = node.string else { throw wrong("must be text", "put it in quotes") }
            return text
        }
    }

    package func flag() throws(ConfigurationError) -> Bool {
        let flag: Bool? =
            switch content {
            case .node(let node): node.bool
            case .text(let text): Self.flags[text]
            }
        guard let flag else { throw wrong("must be true or false", "write one of the two words") }
        return flag
    }

    /// What Go's flags take for true and false.
    private static let flags = [
        "1": true, "t": true, "T": true, "true": true, "True": true, "TRUE": true,
        "0": false, "f": false, "F": false, "false": false, "False": false, "FALSE": false,
    ]

    package func integer() throws(ConfigurationError) -> Int {
        let number: Int? =
            switch content {
            case .node(let node): node.integer.map(Int.init)
            case .text(let text): Int(text)
            }
        guard let number else { throw wrong("must be a whole number", "write it in digits") }
        return number
    }

    package func decimal() throws(ConfigurationError) -> Double {
        let number: Double? =
            switch content {
            case .node(let node) where node.kind == .number: Double(node.text)
            case .node(let node): node.integer.map(Double.init)
            case .text(let text): Double(text)
            }
        guard let number, number.isFinite else {
            throw wrong("must be a number", "write it in digits")
        }
        return number
    }

    /// A value with a text form of its own: an address, a network, a name.
    package func parsed<Value: TextParsable>(as type: Value.Type) throws(ConfigurationError)
        -> Value
    {
        let text = try string()
        do throws(NetworkError) {
            return try Value(validating: text)
        } catch {
            throw wrong("is not usable", "\(error)")
        }
    }
}

extension Setting {
    /// The elements of a list; on the command line there are commas between them.
    package func elements() throws(ConfigurationError) -> [Setting] {
        switch content {
        case .text(let text):
            return text.split(separator: ",").map { copy(.text(String($0)), key: key) }
        case .node(let node):
            guard node.kind == .sequence else {
                throw wrong("must be a list", "begin each element with - on a line of its own")
            }
            return node.elements.enumerated().map { index, element in
                child(element, "\(key)[\(index)]")
            }
        }
    }

    /// The values of a mapping by name; on the command line `name=value` with commas between.
    package func members() throws(ConfigurationError) -> [(name: String, value: Setting)] {
        switch content {
        case .node(let node):
            guard node.kind == .mapping else {
                throw wrong("must be a mapping", "write its keys below it, each with a value")
            }
            let section = key.isEmpty ? "" : "\(key)."
            return node.pairs.map { ($0.key.text, child($0.value, section + $0.key.text)) }
        case .text:
            var members: [(name: String, value: Setting)] = []
            for element in try elements() {
                let parts = try element.string().split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else {
                    throw wrong("must be pairs", "write NAME=VALUE, with commas between")
                }
                members.append((String(parts[0]), copy(.text(String(parts[1])), key: key)))
            }
            return members
        }
    }

    private func child(_ node: YAMLNode, _ key: String) -> Setting {
        Setting(content: .node(node), file: file, key: key)
    }

    private func copy(_ content: Content, key: String) -> Setting {
        Setting(content: content, file: file, key: key)
    }

    /// The file and line; empty for the command line.
    package var place: String {
        guard case .node(let node) = content else { return file }
        return "\(file):\(node.place.line)"
    }

    package func wrong(_ problem: String, _ remedy: String) -> ConfigurationError {
        ConfigurationError(place, key: key, problem, remedy: remedy)
    }
}

extension Setting {
    /// Whether nothing is said: null, and in a file empty text, which kubeadm writes for what
    /// nobody set.
    package var isUnset: Bool {
        guard case .node(let node) = content else { return false }
        return node.kind == .null || node.string == ""
    }

    /// Whether a file says no more than what Go makes of a field that nobody set.
    var isZero: Bool {
        guard case .node(let node) = content else { return false }
        return node.isZero
    }
}

extension YAMLNode {
    fileprivate var isZero: Bool {
        switch kind {
        case .null: true
        case .bool: bool == false
        case .integer, .number: integer == 0
        case .text: text.isEmpty || Duration(goText: text) == .zero
        case .sequence: elements.isEmpty
        case .mapping: pairs.allSatisfy { $0.value.isZero }
        }
    }
}
