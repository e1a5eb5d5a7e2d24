import YAML

/// The document of one kind in the text of a configuration file, YAML or JSON.
package struct ConfigurationDocument: Sendable {
    package let root: Setting
    /// Lines for the log: keys that are repeated, documents of other kinds.
    package let notes: [String]

    /// What a document begins with.
    package struct Form: Hashable, Sendable {
        package let version: String
        package let kind: String

        package init(version: String, kind: String) {
            self.version = version
            self.kind = kind
        }
    }

    /// Of several documents the one of this kind counts; `name` is what errors call the file.
    package init(
        _ text: Span<UInt8>, of type: Form, name: String
    ) throws(ConfigurationError) {
        var notes: [String] = []
        var chosen: YAMLDocument?
        for result in YAMLStream(text, allowingRepeatedKeys: true).documents {
            let document = try Self.checked(result, name)
            if document.isEmpty { continue }
            guard type.isOf(document.root) else {
                notes.append(Self.note(document.root, name))
                continue
            }
            guard chosen == nil else {
                throw Setting(content: .node(document.root), file: name, key: "")
                    .wrong("is a second \(type.kind)", "keep one of them")
            }
            chosen = document
        }
        guard let chosen else {
            throw ConfigurationError(
                name, "holds no \(type.kind)",
                remedy: "begin it with apiVersion: \(type.version) and kind: \(type.kind)")
        }
        for error in chosen.repeatedKeys {
            notes.append("\(name):\(error.line): \(error.problem); the last one counts")
        }
        root = Setting(content: .node(chosen.root), file: name, key: "")
        self.notes = notes
    }

    private static func checked(
        _ result: Result<YAMLDocument, YAMLError>, _ name: String
    ) throws(ConfigurationError) -> YAMLDocument {
        do throws(YAMLError) {
            return try result.get()
        } catch {
            throw ConfigurationError(
                "\(name):\(error.line):\(error.column)", error.problem, remedy: "mend the file")
        }
    }

    private static func note(_ root: YAMLNode, _ name: String) -> String {
        let (version, kind) = (root["apiVersion"]?.string, root["kind"]?.string)
        return "\(name):\(root.place.line): a document of kind \(kind ?? "unknown"), version "
            + "\(version ?? "unknown"), is ignored"
    }
}

extension ConfigurationDocument.Form {
    fileprivate func isOf(_ root: YAMLNode) -> Bool {
        root["apiVersion"]?.string == version && root["kind"]?.string == kind
    }
}
