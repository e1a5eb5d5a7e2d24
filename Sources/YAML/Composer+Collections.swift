extension Composer {
    mutating func begin(_ event: Event) throws(YAMLError) {
        guard !(open.last?.expectsKey ?? false) else {
            throw YAMLError(event.place, "a key must be text, not a list or a mapping")
        }
        try checkDepth(open.count + 1, at: event.place)
        let isMapping = if case .mapping = event.kind { true } else { false }
        records.append(NodeRecord(isMapping ? .mapping : .sequence, event.place, 0..<0))
        let node = Int32(records.count - 1)
        if let anchor = event.anchor { anchors[anchor] = Anchor(node: node, extent: nil) }
        open.append(OpenCollection(node: node, isMapping: isMapping, anchor: event.anchor))
    }

    mutating func end() throws(YAMLError) {
        guard var collection = open.popLast() else { return }
        if collection.isMapping { try settleKeys(of: &collection) }
        let start = children.count
        children += collection.children
        records[Int(collection.node)].start = Int32(start)
        records[Int(collection.node)].count = Int32(collection.children.count)
        // Another node may have taken the name since.
        if let anchor = collection.anchor, anchors[anchor]?.node == collection.node {
            anchors[anchor]?.extent = collection.extent
        }
        let place = records[Int(collection.node)].place
        try add(collection.node, collection.extent, at: place)
    }

    mutating func alias(_ event: Event) throws(YAMLError) {
        let name = event.anchor ?? ""
        guard let anchor = anchors[name] else {
            throw YAMLError(event.place, "*\(name) stands for nothing: there is no &\(name) before")
        }
        guard let extent = anchor.extent else {
            throw YAMLError(event.place, "*\(name) stands for a value that it is itself a part of")
        }
        if open.last?.expectsKey ?? false, records[Int(anchor.node)].kind != .text {
            throw YAMLError(event.place, "a key must be text; *\(name) is not")
        }
        try checkDepth(open.count + extent.depth, at: event.place)
        try add(anchor.node, extent, at: event.place)
    }

    private func checkDepth(_ depth: Int, at place: YAMLPlace) throws(YAMLError) {
        guard depth <= YAMLStream.depthLimit else {
            throw YAMLError(place, "values are nested more than \(YAMLStream.depthLimit) deep")
        }
    }
}

extension Composer {
    /// Brings a key into the form it has in JSON, where every key is text.
    mutating func settleKey(
        _ kind: YAMLNode.Kind, _ event: Event, isPlain: Bool, _ start: Int
    ) throws(YAMLError) {
        guard let canonical = try canonicalKey(kind, event, isPlain: isPlain, start) else { return }
        text.removeSubrange(start...)
        text += canonical.utf8
    }

    /// Another text for the key that ends the buffer; nil if it can stay.
    private func canonicalKey(
        _ kind: YAMLNode.Kind, _ event: Event, isPlain: Bool, _ start: Int
    ) throws(YAMLError) -> String? {
        let key = text.span.extracting(droppingFirst: start)
        if isPlain, key.isEqual(to: "<<") {
            throw YAMLError(
                event.place, "merge keys (<<) are not supported; write the merged keys out")
        }
        switch kind {
        case .text: return nil
        case .bool: return ScalarResolution.isTrue(key) ? "true" : "false"
        case .integer: return ScalarResolution.integer(key).map { "\($0)" }
        default: throw YAMLError(event.place, "a key must be text; put it in quotes")
        }
    }

    /// Throws for a key that is there twice, at the second, or drops the first.
    private mutating func settleKeys(of mapping: inout OpenCollection) throws(YAMLError) {
        var seen: [ArraySlice<UInt8>: Int] = [:]
        seen.reserveCapacity(mapping.children.count / 2)
        var dropped: Set<Int> = []
        for index in stride(from: 0, to: mapping.children.count, by: 2) {
            let record = records[Int(mapping.children[index])]
            guard let first = seen.updateValue(index, forKey: text[record.range]) else { continue }
            let error = repetition(of: record, after: records[Int(mapping.children[first])])
            guard allowsRepeats else { throw error }
            repeatedKeys.append(error)
            dropped.formUnion([first, first + 1])
        }
        guard !dropped.isEmpty else { return }
        mapping.children = mapping.children.indices.filter { !dropped.contains($0) }
            .map { mapping.children[$0] }
    }

    private func repetition(of key: NodeRecord, after first: NodeRecord) -> YAMLError {
        let name = String(decoding: text[key.range], as: UTF8.self)
        return YAMLError(
            key.place,
            "the key \"\(name)\" is here again; it is in line \(first.place.line) already")
    }
}
