import YAML

extension FuzzTargets {
    /// Streams of documents, and what is written of them again.
    static let yamlDocuments = [
        FuzzTarget("yaml.stream", texts: yamlTexts) { input in
            let stream = YAMLStream(input.span)
            for document in stream.documents {
                guard let root = try? document.get().root else { continue }
                precondition(root.size(limit: YAMLStream.nodeLimit) <= YAMLStream.nodeLimit)
            }
        },
        FuzzTarget("yaml.writer", texts: yamlTexts) { input in
            for document in YAMLStream(input.span).documents {
                guard let root = try? document.get().root, root.size(limit: 10_000) < 10_000 else {
                    continue
                }
                var writer = YAMLWriter()
                root.write(to: &writer)
                let copy = YAMLStream(writer.text.utf8.span).documents
                precondition(copy.count == 1)
                switch copy[0] {
                case .success(let copied): precondition(copied.root.isEqual(to: root))
                case .failure(let error):
                    preconditionFailure("what was written cannot be read: \(error)")
                }
            }
        },
    ]

    static let yamlTexts = [
        "apiVersion: v1\nkind: Service\nmetadata: {name: web, labels: {a: \"1\"}}\nspec:\n"
            + "  ports:\n  - port: 80\n    name: http\n  - port: 0x1bb\n---\nkind: Namespace\n",
        "a: &a [x, 'y', \"z\\u00e9\"]\nb: *a\nc: {d: *a, e: [*a, *a]}\n",
        "text: |\n  one\n   two\n\nmore: >-\n  folded\n  text\n? key\n: value\n",
        "%YAML 1.1\n%TAG ! tag:x,2000:\n---\n!!int \"12\": !own text\n...\n# end\n",
        "- yes\n- 0755\n- 1_000\n- ~\n- .inf\n- 2001-01-01\n- -0b11\n- 1e3\n- 1.5\n",
        "\u{FEFF}é: \"\\x41\\n\"\n", "{\"a\":[1,2,{\"b\":null}]}", "[[[[[[[[]]]]]]]]",
        "--- |+\n a\n\n",
    ]
}

extension YAMLNode {
    /// How many values a walk meets that follows each alias, up to a limit.
    fileprivate func size(limit: Int) -> Int {
        var size = 1
        for (_, value) in pairs where size <= limit { size += 1 + value.size(limit: limit - size) }
        for value in elements where size <= limit { size += value.size(limit: limit - size) }
        return size
    }

    fileprivate func write(to writer: inout YAMLWriter) {
        switch kind {
        case .null: writer.null()
        case .bool: writer.bool(bool ?? false)
        case .integer: writer.integer(integer ?? 0)
        case .number: writer.number(text)
        case .text: writer.string(text)
        case .sequence:
            writer.beginSequence()
            for element in elements { element.write(to: &writer) }
            writer.end()
        case .mapping:
            writer.beginMapping()
            for (key, value) in pairs {
                writer.key(key.text)
                value.write(to: &writer)
            }
            writer.end()
        }
    }

    fileprivate func isEqual(to other: YAMLNode) -> Bool {
        guard kind == other.kind else { return false }
        switch kind {
        case .null: return true
        case .bool: return bool == other.bool
        case .integer: return integer == other.integer
        case .number, .text: return text == other.text
        case .sequence:
            return elements.count == other.elements.count
                && zip(elements, other.elements).allSatisfy { $0.isEqual(to: $1) }
        case .mapping:
            return pairs.count == other.pairs.count
                && zip(pairs, other.pairs).allSatisfy { one, other in
                    one.key.text == other.key.text && one.value.isEqual(to: other.value)
                }
        }
    }
}
