/// Builds the tree of one document from libyaml's events.
struct Composer {
    var records: [NodeRecord] = []
    var children: [Int32] = []
    var text: [UInt8] = []
    var open: [OpenCollection] = []
    var anchors: [String: Anchor] = [:]
    let allowsRepeats: Bool
    var repeatedKeys: [YAMLError] = []
    /// The node that the document is.
    private var root: Int32?

    /// A sequence or mapping whose end was not reached yet.
    struct OpenCollection {
        let node: Int32
        let isMapping: Bool
        let anchor: String?
        var children: [Int32] = []
        var extent = Extent(depth: 1)

        /// Whether the next node of a mapping is a key.
        var expectsKey: Bool { isMapping && children.count.isMultiple(of: 2) }
    }

    /// A node with a name.
    struct Anchor {
        let node: Int32
        /// Nil while the node is being read: an alias inside would have no end.
        var extent: Extent?
    }

    /// How much a reader who follows each alias would see.
    struct Extent {
        var nodes = 1
        /// Collections in each other; none in a scalar.
        var depth = 0

        mutating func hold(_ child: Extent) {
            nodes += child.nodes
            depth = max(depth, child.depth + 1)
        }
    }
}

extension Composer {
    private init(allowsRepeats: Bool) { self.allowsRepeats = allowsRepeats }

    /// The next document; nil at the end of the stream, and an error where nothing can follow.
    static func document(
        _ events: inout EventParser, _ allowsRepeats: Bool
    ) throws(YAMLError) -> Result<YAMLDocument, YAMLError>? {
        var composer = Composer(allowsRepeats: allowsRepeats)
        var failure: YAMLError?
        while true {
            let textBefore = composer.text.count
            let event = try events.next(&composer.text)
            switch event.kind {
            case .streamEnd: return nil
            case .documentEnd: return failure.map { .failure($0) } ?? composer.result
            case .documentStart, .other: continue
            default: break
            }
            // The rest of a document that cannot be used is only skipped.
            if failure != nil {
                composer.text.removeSubrange(textBefore...)
                continue
            }
            do throws(YAMLError) {
                try composer.take(event, textBefore)
            } catch {
                failure = error
            }
        }
    }

    private var result: Result<YAMLDocument, YAMLError> {
        let tree = NodeTree(records: records, children: children, text: text)
        return .success(
            YAMLDocument(
                root: YAMLNode(tree: tree, index: root ?? 0), repeatedKeys: repeatedKeys))
    }

    private mutating func take(_ event: Event, _ textBefore: Int) throws(YAMLError) {
        switch event.kind {
        case .sequence, .mapping: try begin(event)
        case .collectionEnd: try end()
        case .alias: try alias(event)
        case .scalar(let isPlain): try scalar(event, isPlain: isPlain, textBefore)
        case .documentStart, .documentEnd, .streamEnd, .other: break
        }
    }

    /// Adds a node that is complete to the collection it stands in.
    mutating func add(_ node: Int32, _ extent: Extent, at place: YAMLPlace) throws(YAMLError) {
        guard let parent = open.indices.last else {
            root = node
            return
        }
        open[parent].children.append(node)
        open[parent].extent.hold(extent)
        guard max(open[parent].extent.nodes, records.count) <= YAMLStream.nodeLimit else {
            throw YAMLError(
                place, "the document has more than \(YAMLStream.nodeLimit) values, aliases counted")
        }
    }

    private mutating func scalar(
        _ event: Event, isPlain: Bool, _ textBefore: Int
    ) throws(YAMLError) {
        let isKey = open.last?.expectsKey ?? false
        let kind = try kind(
            event, isPlain: isPlain, text.span.extracting(droppingFirst: textBefore))
        if isKey { try settleKey(kind, event, isPlain: isPlain, textBefore) }
        let record = NodeRecord(
            isKey ? .text : kind, isQuoted: !isPlain, event.place, textBefore..<text.count)
        records.append(record)
        let node = Int32(records.count - 1)
        if let anchor = event.anchor { anchors[anchor] = Anchor(node: node, extent: Extent()) }
        try add(node, Extent(), at: event.place)
    }

    private func kind(
        _ event: Event, isPlain: Bool, _ text: Span<UInt8>
    ) throws(YAMLError) -> YAMLNode.Kind {
        do throws(ScalarResolution.Refusal) {
            return try ScalarResolution.kind(text, tag: event.tag, isPlain: isPlain)
        } catch {
            throw YAMLError(event.place, error.problem)
        }
    }
}

extension YAMLError {
    init(_ place: YAMLPlace, _ problem: String) {
        self.init(line: place.line, column: place.column, problem: problem)
    }
}
