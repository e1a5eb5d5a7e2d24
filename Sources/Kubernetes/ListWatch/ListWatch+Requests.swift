import Platform

extension ListWatch {
    /// Makes a step's request, as soon as the limit of requests allows.
    mutating func go(_ step: Step, at now: MonotonicTime) {
        let next = step == .page ? pageLimit.take(at: now) : requestLimit.take(at: now)
        if let next {
            phase = .waiting(until: next, then: step)
            return
        }
        if step == .list { beginList() }
        actions.append(.request(request(for: step)))
        if step == .watch { statistics.watches += 1 }
        phase = .requesting(step)
        heard = now
    }

    private mutating func beginList() {
        listing.begin(streams == .unsupported ? .pages : .stream)
        actions.append(.beginReplacement)
        check.unreadable = 0
        statistics.lists += 1
        if isSynced { statistics.relists += 1 }
    }

    private mutating func request(for step: Step) -> ListWatchRequest {
        switch step {
        case .list where listing.way == .stream: streamRequest()
        case .list, .page: pageRequest()
        case .watch: watchRequest()
        }
    }

    /// What a list may not be older than: nothing asks for what is newest.
    private var oldest: String { listing.isConsistent ? "" : version.text }

    private mutating func streamRequest() -> ListWatchRequest {
        request(
            .stream,
            [
                ("watch", "1"), ("sendInitialEvents", "true"),
                ("resourceVersionMatch", "NotOlderThan"), ("resourceVersion", oldest),
                ("allowWatchBookmarks", "true"), ("timeoutSeconds", watchTimeout()),
            ])
    }

    private func pageRequest() -> ListWatchRequest {
        var query: [(String, String)] = []
        if listing.way != .whole { query.append(("limit", "\(options.pageSize)")) }
        if !listing.next.isEmpty {
            // A server refuses a version beside this, which has one in it.
            query.append(("continue", listing.next))
        } else if !oldest.isEmpty {
            query += [("resourceVersion", oldest), ("resourceVersionMatch", "NotOlderThan")]
        }
        return request(.page, query)
    }

    private mutating func watchRequest() -> ListWatchRequest {
        request(
            .watch,
            [
                ("watch", "1"), ("resourceVersion", version.text),
                ("allowWatchBookmarks", "true"), ("timeoutSeconds", watchTimeout()),
            ])
    }

    func checkRequest() -> ListWatchRequest { request(.check, [("limit", "1")]) }

    /// Between 5 and 10 minutes, so that a cluster's watches do not all end together.
    private mutating func watchTimeout() -> String {
        "\(Int.random(in: 300...600, using: &random))"
    }

    private func request(
        _ purpose: ListWatchRequest.Purpose, _ query: [(String, String)]
    ) -> ListWatchRequest {
        var parameters = query
        if !options.labelSelector.isEmpty {
            parameters.append(("labelSelector", options.labelSelector))
        }
        if !options.fieldSelector.isEmpty {
            parameters.append(("fieldSelector", options.fieldSelector))
        }
        return ListWatchRequest(
            purpose: purpose, resource: kind.resource,
            query: parameters.map { ListWatchRequest.Parameter(name: $0.0, value: $0.1) })
    }
}
