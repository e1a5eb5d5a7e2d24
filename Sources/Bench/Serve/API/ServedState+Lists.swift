import Kubernetes

/// A part of a list.
struct ServedPage {
    var items: [[UInt8]] = []
    var meta = ListMeta()
}

/// Where a list goes on: the state it shows, its table's layout then, and the next place.
struct Continuation {
    let version: UInt64
    let layout: Int
    let place: Int

    var text: String { "\(version).\(layout).\(place)" }

    init(_ version: UInt64, _ layout: Int, _ place: Int) {
        (self.version, self.layout, self.place) = (version, layout, place)
    }

    init?(_ text: String) {
        let words = text.split(separator: ".")
        guard words.count == 3, let version = UInt64(words[0]), let layout = Int(words[1]),
            let place = Int(words[2]), place >= 0
        else { return nil }
        self.init(version, layout, place)
    }
}

extension ServedState {
    /// A page of a list; nil if it is to go on from a state that is not known any more.
    ///
    /// A page shows changes since the first page, as no real one does; what came or went since
    /// makes it unknown.
    mutating func page(
        of kind: Kind, _ selection: Selection, _ format: ObjectFormat, limit: Int?,
        after continuation: Continuation?
    ) throws(ObjectError) -> ServedPage? {
        let count = self[kind].objects.count
        let begin = continuation ?? Continuation(version, self[kind].layout, 0)
        guard begin.layout == self[kind].layout, begin.place <= count else { return nil }
        var page = ServedPage()
        page.meta.resourceVersion = "\(begin.version)"
        var place = begin.place
        while place < count, page.items.count < limit ?? .max {
            if selection.takes(self[kind].objects[place]) {
                page.items.append(Array(try self[kind].encode(place, format).item))
            }
            place += 1
        }
        if place < count {
            page.meta.continuation = Continuation(begin.version, begin.layout, place).text
            if selection.isEverything { page.meta.remainingItemCount = Int64(count - place) }
        }
        return page
    }
}
