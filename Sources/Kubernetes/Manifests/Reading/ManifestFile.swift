import YAML

/// What the text of one file says.
package struct ManifestFile: Sendable {
    package private(set) var objects: [ManifestObject] = []
    /// Objects of kinds and groups that Weft does not look at.
    package private(set) var ignored = 0
    /// What is wrong, in the order of the text; a file with problems is not used at all.
    package private(set) var problems: [ObjectError] = []

    /// Where each object was met first.
    private var places: [ObjectID: ObjectError.Place] = [:]

    package enum Format: Hashable, Sendable {
        case yaml
        case json
    }
}

/// An object as a file has it, and where.
package struct ManifestObject: Sendable {
    package var object: any StoredObject
    package let place: ObjectError.Place

    package var id: ObjectID { object.id }
}

extension ManifestFile {
    package init(
        _ text: Span<UInt8>, _ format: Format, _ pool: SharingPool = SharingPool()
    ) {
        switch format {
        case .yaml: takeYAML(text, pool)
        case .json: takeJSON(text, pool)
        }
    }

    private mutating func takeYAML(_ text: Span<UInt8>, _ pool: SharingPool) {
        for document in YAMLStream(text).documents {
            switch document {
            case .success(let document) where document.isEmpty: continue
            case .success(let document): take(yaml: document.root, in: nil, nesting: 0, pool)
            case .failure(let error): problems.append(ObjectError(error))
            }
        }
    }

    /// Takes an object, or those of a list.
    private mutating func take(
        yaml node: YAMLNode, in list: TypeName?, nesting: Int, _ pool: SharingPool
    ) {
        attempt(nil) { file throws(ObjectError) in
            do throws(ObjectError) {
                let type = try TypeName(of: node, in: list)
                guard let elements = type.elements, nesting < Self.nestingLimit else {
                    return try file.take(type, YAMLContent(node: node, pool: pool))
                }
                guard let items = node["items"] else { return }
                try items.requireSequence()
                for item in items.elements {
                    file.take(yaml: item, in: elements, nesting: nesting + 1, pool)
                }
            } catch {
                throw error.placed(in: node)
            }
        }
    }

    private mutating func takeJSON(_ text: Span<UInt8>, _ pool: SharingPool) {
        do throws(ObjectError) {
            for range in try JSONContent.documents(in: text) {
                take(json: range, of: text, in: nil, nesting: 0, pool)
            }
        } catch {
            problems.append(error)
        }
    }

    private mutating func take(
        json range: Range<Int>, of text: Span<UInt8>, in list: TypeName?, nesting: Int,
        _ pool: SharingPool
    ) {
        let place = ObjectError.Place(at: range.lowerBound, in: text)
        attempt(place) { file throws(ObjectError) in
            let header = try JSONHeader(of: range, in: text)
            let type = try TypeName(header.apiVersion, header.kind, in: list)
            guard let elements = type.elements, nesting < Self.nestingLimit else {
                return try file.take(
                    type, JSONContent(text: text.extracting(range), place: place, pool: pool))
            }
            for item in header.items {
                file.take(json: item, of: text, in: elements, nesting: nesting + 1, pool)
            }
        }
    }

    /// Lists in lists, as deep as anybody could mean.
    private static let nestingLimit = 8

    private mutating func attempt(
        _ place: ObjectError.Place?, _ body: (inout Self) throws(ObjectError) -> Void
    ) {
        do throws(ObjectError) {
            try body(&self)
        } catch {
            problems.append(error.placed(at: place))
        }
    }
}

extension ManifestFile {
    private mutating func take<Content: ManifestContent & ~Escapable>(
        _ type: TypeName, _ content: Content
    ) throws(ObjectError) {
        guard let kind = try type.known else {
            ignored += 1
            return
        }
        try take(kind.type, content)
    }

    private mutating func take<Object: StoredObject, Content: ManifestContent & ~Escapable>(
        _ type: Object.Type, _ content: Content
    ) throws(ObjectError) {
        var object = try content.decode(type)
        if !Object.kind.resource.isNamespaced {
            object.metadata.namespace = ""
        } else if object.metadata.namespace.isEmpty {
            object.metadata.namespace = ObjectMeta.defaultNamespace
        }
        do throws(ObjectError) {
            try object.checkNames()
            try object.checkRules()
            try note(object.id, at: content.place)
        } catch {
            throw content.placed(error)
        }
        objects.append(ManifestObject(object: object, place: content.place))
    }

    private mutating func note(
        _ id: ObjectID, at place: ObjectError.Place
    ) throws(ObjectError) {
        guard let first = places.updateValue(place, forKey: id) else { return }
        throw ObjectError(
            "\(id) is here again; it is in line \(first.line) already", in: "metadata.name")
    }
}

extension ObjectMeta {
    /// Where objects are whose manifests name no namespace.
    package static let defaultNamespace = "default"
}
