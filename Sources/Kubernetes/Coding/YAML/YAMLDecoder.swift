package import YAML

/// Reads objects from YAML, as strictly as the API server takes what `kubectl` makes of it.
///
/// A number is no text and a text is no number: `port: "80"` and the label `version: 1` are
/// errors. Null is the same as nothing.
package struct YAMLDecoder {
    /// The value that is read, or was read last.
    private var node: YAMLNode
    package let pool: SharingPool

    package init(_ node: YAMLNode, _ pool: SharingPool) {
        self.node = node
        self.pool = pool
    }
}

extension YAMLDecoder {
    /// Reads the object that the node is.
    package mutating func whole<Value: Message>(_ type: Value.Type) throws(ObjectError) -> Value {
        let root = node
        var value = Value()
        do throws(ObjectError) {
            try message(&value)
            try value.settle()
        } catch {
            throw error.placed(in: root)
        }
        return value
    }

    /// Reads at another node, and comes back.
    private mutating func visit(
        _ other: YAMLNode, _ body: (inout Self) throws(ObjectError) -> Void
    ) throws(ObjectError) {
        let before = node
        node = other
        do throws(ObjectError) {
            try body(&self)
        } catch {
            throw error.placed(in: other)
        }
        node = before
    }

    private func expect(_ kind: YAMLNode.Kind, _ name: String) throws(ObjectError) {
        guard node.kind != kind else { return }
        throw error("\(name) must stand here, not \(node.kind.phrase)")
    }
}

extension YAMLDecoder: ValueDecoder {
    package mutating func field<Value: FieldValue>(
        _ number: UInt32, _ name: String, _ value: inout Value
    ) throws(ObjectError) {
        guard let child = node[name], child.kind != .null else { return }
        if Value.isEmptyTextAbsent, child.kind == .text, child.withUTF8({ $0.isEmpty }) { return }
        do throws(ObjectError) {
            try visit(child) { decoder throws(ObjectError) in try value.decode(&decoder) }
        } catch {
            throw error.inside(name)
        }
    }

    package mutating func message<Value: Message>(_ value: inout Value) throws(ObjectError) {
        try expect(.mapping, "a mapping")
        try value.code(&self)
    }

    package mutating func text() throws(ObjectError) -> String {
        guard let text = node.string else {
            throw error("text must stand here, not \(node.kind.phrase)\(quotingAdvice)")
        }
        return text
    }

    package mutating func integer() throws(ObjectError) -> Int64 {
        guard let number = node.integer else {
            throw error("a whole number must stand here, not \(node.kind.phrase)")
        }
        return number
    }

    package mutating func flag() throws(ObjectError) -> Bool {
        guard let flag = node.bool else {
            throw error("true or false must stand here, not \(node.kind.phrase)")
        }
        return flag
    }

    package mutating func parsed<Value: TextField>(
        _ type: Value.Type
    ) throws(ObjectError) -> Value {
        let text = try text()
        guard let value = Value(field: text.utf8.span) else {
            throw error("\(quoted(text)) is not \(Value.expectation)")
        }
        return value
    }

    package mutating func time() throws(ObjectError) -> Int64 {
        let text = try text()
        guard let timestamp = Timestamp(text) else {
            throw error("\(quoted(text)) is not a time such as 2026-01-31T12:00:00Z")
        }
        return timestamp.seconds
    }

    package mutating func numberOrName() throws(ObjectError) -> NumberOrName {
        if let name = node.string { return .name(name) }
        var number: Int32 = 0
        try number.decode(&self)
        return .number(number)
    }

    package mutating func elements(
        _ body: (inout Self) throws(ObjectError) -> Void
    ) throws(ObjectError) {
        try expect(.sequence, "a list")
        let list = node
        for element in list.elements {
            node = element
            do throws(ObjectError) {
                try body(&self)
            } catch {
                // The body has named the element already.
                throw error.placed(in: list)
            }
        }
        node = list
    }

    package mutating func entries(_ body: (String, String) -> Void) throws(ObjectError) {
        try expect(.mapping, "a mapping")
        for (key, value) in node.pairs {
            var text = ""
            if value.kind != .null {
                do throws(ObjectError) {
                    try visit(value) { decoder throws(ObjectError) in text = try decoder.text() }
                } catch {
                    throw error.inside(key.text)
                }
            }
            body(key.text, text)
        }
    }

    package func error(_ problem: String) -> ObjectError {
        ObjectError(problem, at: ObjectError.Place(node.place))
    }

    private var quotingAdvice: String {
        node.kind.isScalar ? ": put \(node.text) in quotes" : ""
    }
}

extension YAMLNode.Kind {
    fileprivate var isScalar: Bool { self != .sequence && self != .mapping }

    /// What somebody who looks at the text would call it.
    fileprivate var phrase: String {
        switch self {
        case .null: "nothing"
        case .bool: "true or false"
        case .integer, .number: "a number"
        case .text: "text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
