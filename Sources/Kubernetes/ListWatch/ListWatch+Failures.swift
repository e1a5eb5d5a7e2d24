import Platform

extension ListWatch {
    /// The name of the resource in access rules.
    var resourceName: String {
        let resource = kind.resource
        return resource.group.isEmpty ? resource.plural : "\(resource.plural).\(resource.group)"
    }

    /// Goes on after an answer that did not come, or not to its end.
    mutating func breakOff(_ problem: String, _ failure: RequestFailure?, at now: MonotonicTime) {
        switch phase {
        case .idle, .waiting: break
        case .watching, .requesting(.watch):
            if case .stream = failure { unreadableStreams += 1 }
            // What cannot be read does not become readable: a list says what came of it.
            let isStuck = unreadableStreams >= unreadablePatience
            if isStuck { unreadableStreams = 0 }
            retry(isStuck ? .list : .watch, problem, at: now)
        case .requesting(.list), .reading(.list):
            if listing.way == .stream, failure?.isOfStreams ?? true { listing.breakStream() }
            dropReplacement()
            retry(.list, problem, at: now)
        case .requesting(.page), .reading(.page), .reading(.watch):
            retryPage(problem, at: now)
        }
    }

    /// Asks for a page again, which is the same as before, or begins anew.
    private mutating func retryPage(
        _ problem: String, at now: MonotonicTime, atLeast least: Duration = .zero
    ) {
        let isPatient = listing.breakPage()
        if !isPatient { dropReplacement() }
        retry(isPatient ? .page : .list, problem, at: now, atLeast: least)
    }

    /// Tries again after a while that grows with each failure.
    mutating func retry(
        _ step: Step, _ problem: String, at now: MonotonicTime, atLeast least: Duration = .zero,
        _ level: Report.Level = .warning
    ) {
        if case .watching(let since) = phase {
            if now - since >= ListWatchTimes.soundWatch { backoff.reset() }
            endCheck()
        }
        let jittered = least * Double.random(in: 1...1.2, using: &random)
        let delay = max(backoff.next(using: &random), jittered)
        statistics.failures += 1
        phase = .waiting(until: now + delay, then: step)
        let seconds = (delay.nanoseconds + 999_999_999) / 1_000_000_000
        report(
            level,
            "\(resourceName): \(problem); next try within \(seconds) s, "
                + "\(backoff.failures) failed in a row")
    }

    mutating func report(_ level: Report.Level, _ text: String) {
        actions.append(.report(Report(level, text)))
    }
}

extension ListWatch {
    /// Goes on after an answer that says no, or an event that does.
    mutating func refuse(_ refusal: Refusal, at now: MonotonicTime) {
        guard let step = refusedStep else { return }
        switch refusal.status {
        case 400, 405, 422, 501: refuseForm(refusal, step, at: now)
        case 401:
            actions.append(.reloadCredentials)
            again(step, "not known to the server: \(refusal.text)", at: now, .error)
        case 403:
            let text = "cannot \(verb(step)) \(resourceName) at cluster scope: \(refusal.text)"
            again(step, text, at: now, atLeast: ListWatchTimes.slow, .error)
        case 404: refuseExistence(refusal, step, at: now)
        case 410: expire(step, at: now)
        case _ where refusal.isVersionTooLarge: refuseVersion(refusal, step, at: now)
        default:
            let wait = min(refusal.retryAfter ?? .zero, ListWatchTimes.retryAfterLimit)
            again(step, "cannot \(verb(step)): \(refusal.text)", at: now, atLeast: max(wait, .zero))
        }
    }

    /// What the request that is being answered is for.
    var refusedStep: Step? {
        switch phase {
        case .idle, .waiting: nil
        case .requesting(let step), .reading(let step): step
        case .watching: .watch
        }
    }

    private func verb(_ step: Step) -> String {
        step == .watch || step == .list && listing.way == .stream ? "watch" : "list"
    }

    /// Tries the same again; a list from its beginning, but for a page of it.
    private mutating func again(
        _ step: Step, _ problem: String, at now: MonotonicTime, atLeast least: Duration = .zero,
        _ level: Report.Level = .warning
    ) {
        if step == .page { return retryPage(problem, at: now, atLeast: least) }
        if step == .list { dropReplacement() }
        retry(step, problem, at: now, atLeast: least, level)
    }

    /// The server does not understand the request: so it is made in another way.
    private mutating func refuseForm(_ refusal: Refusal, _ step: Step, at now: MonotonicTime) {
        if step == .list, listing.way == .stream, streams != .supported {
            return doWithoutStreams(at: now, isOpen: false)
        }
        if listing.way == .stream { listing.breakStream() }
        dropReplacement()
        listing.isConsistent = true
        retry(.list, "not understood by the server: \(refusal.text)", at: now, .error)
    }

    /// The server has no such resource, or is no API server.
    private mutating func refuseExistence(_ refusal: Refusal, _ step: Step, at now: MonotonicTime) {
        guard options.isOptional, version.isEmpty, refusal.body.reason == "NotFound",
            step == .list
        else {
            dropReplacement()
            let text = "the server does not have it: \(refusal.text)"
            return retry(.list, text, at: now, atLeast: ListWatchTimes.slow, .error)
        }
        if !isSynced {
            actions.append(.commitReplacement)
        } else {
            actions.append(.dropReplacement)
        }
        listing = Listing()
        isSynced = true
        retry(.list, "the server has none of these", at: now, atLeast: ListWatchTimes.absent, .info)
    }

    /// The state that the request began from is forgotten: one list replaces what was missed.
    private mutating func expire(_ step: Step, at now: MonotonicTime) {
        dropReplacement()
        switch step {
        case .page: listing.forget()
        case .list: listing.isConsistent = true
        case .watch: break
        }
        retry(.list, "the server has forgotten the state to go on from", at: now)
    }

    /// The server has not yet come to the state that was seen.
    private mutating func refuseVersion(_ refusal: Refusal, _ step: Step, at now: MonotonicTime) {
        listing.comeTooEarly()
        let next: Step = listing.isConsistent ? .list : step
        again(next == .page ? .list : next, refusal.text, at: now)
    }
}

extension RequestFailure {
    /// Whether a list in pages might do better; a server that is not there has nothing either way.
    fileprivate var isOfStreams: Bool {
        switch self {
        case .connect, .tls: false
        case .timeout, .interrupted, .contentType, .stream: true
        }
    }
}

/// How often a stream is read from the same place that cannot be read there.
private let unreadablePatience = 3
