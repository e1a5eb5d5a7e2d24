import Platform
import Transport

extension Reflector {
    func takeAnswer(_ event: HTTPEvent, _ context: inout ReflectorContext) {
        switch event {
        case .head(_, let head): takeHead(head, &context)
        case .body: takeBody(&context)
        case .ended: end(&context)
        case .failed(_, let error):
            answer = nil
            take(.failed(RequestFailure(error)), &context)
        }
    }

    private func takeHead(_ head: HTTPHead, _ context: inout ReflectorContext) {
        guard var answer else { return }
        answer.take(head)
        latency.add(context.now - answer.begin)
        guard head.status == ok else {
            self.answer = answer
            return
        }
        guard let format = ObjectFormat(contentType: answer.contentType) else {
            return fail(.contentType(answer.contentType), &context)
        }
        answer.reader = ObjectReader(
            format, answer.request.content, pool, for: use)
        self.answer = answer
        take(.opened, &context)
    }

    private func takeBody(_ context: inout ReflectorContext) {
        guard let id = answer?.id else { return }
        do {
            guard answer?.reader != nil else {
                try answer?.readRefusal(context.connection)
                return
            }
            try answer?.reader?.receive { bytes throws(TransportError) in
                let count = bytes.count
                try context.connection.read(id, into: &bytes)
                bytesReceived += bytes.count - count
            }
        } catch {
            return fail(.interrupted("\(error)"), &context)
        }
        readPieces(id, &context)
    }

    /// Reads all that has come whole; the machine can end the answer at any piece.
    private func readPieces(_ id: TransferID, _ context: inout ReflectorContext) {
        do throws(ObjectError) {
            while answer?.id == id, let input = try answer?.reader?.next() {
                object = answer?.reader?.object
                key = answer?.reader?.key
                take(input, &context)
            }
        } catch {
            fail(.stream("\(error)"), &context)
        }
    }

    private func end(_ context: inout ReflectorContext) {
        guard let answer = answer.take() else { return }
        if let reader = answer.reader {
            take(
                reader.isComplete
                    ? .end : .failed(.interrupted("the answer ended in the middle")), &context)
        } else {
            take(.refused(answer.refusal(pool)), &context)
        }
    }

    private func fail(_ failure: RequestFailure, _ context: inout ReflectorContext) {
        if let id = answer.take()?.id { context.connection.cancel(id) }
        take(.failed(failure), &context)
    }
}

extension Reflector {
    func takeCheck(_ event: HTTPEvent, _ context: inout ReflectorContext) {
        switch event {
        case .head(_, let head):
            check?.take(head)
            guard head.status == ok, let answer = check,
                let format = ObjectFormat(contentType: answer.contentType)
            else { return endCheck(nil, &context) }
            check?.reader = ObjectReader(format, .list, pool)
        case .body(let id): readCheck(id, &context)
        case .ended: endCheck(check, &context)
        case .failed: endCheck(nil, &context)
        }
    }

    private func readCheck(_ id: TransferID, _ context: inout ReflectorContext) {
        do {
            try check?.reader?.receive { bytes throws(TransportError) in
                try context.connection.read(id, into: &bytes)
            }
            while let input = try check?.reader?.next() {
                if case .page(let meta) = input { check?.meta = meta }
                if case .item = input { check?.items += 1 }
            }
        } catch {
            endCheck(nil, &context)
        }
    }

    private func endCheck(_ done: Answer?, _ context: inout ReflectorContext) {
        if let id = check.take()?.id { context.connection.cancel(id) }
        guard let done, let meta = done.meta else { return take(.checkFailed, &context) }
        // A server that has more must say how many: else nothing is known.
        guard meta.continuation.isEmpty || meta.remainingItemCount != nil else {
            return take(.checkFailed, &context)
        }
        let count = done.items + Int(clamping: meta.remainingItemCount ?? 0)
        take(.checked(version: meta.resourceVersion, count: count), &context)
    }
}

/// HTTP's status of an answer that is what was asked for.
private let ok = 200

extension ListWatchRequest {
    fileprivate var content: ObjectStream.Content { isWatch ? .watch : .list }
}

extension Reflector.Answer {
    fileprivate mutating func take(_ head: HTTPHead) {
        status = head.status
        contentType = head["content-type"] ?? ""
        retryAfter = head["retry-after"].flatMap(Int64.init).map { .seconds($0) }
    }

    fileprivate mutating func readRefusal(_ connection: ServerConnection) throws(TransportError) {
        try connection.read(id, into: &refusal)
        // A Status is short; a proxy's page may be anything.
        let longest = 64 << 10
        if refusal.count > longest { refusal.removeSubrange(longest...) }
    }

    /// What the server says of why it did not do what was asked.
    fileprivate func refusal(_ pool: SharingPool) -> Refusal {
        let known = ObjectFormat(contentType: contentType)
        let body = try? known?.decodeAlone(ServerStatus.self, refusal.span, pool)
        let seconds = body?.details.retryAfterSeconds ?? 0
        let stated: Duration? = seconds > 0 ? .seconds(Int64(seconds)) : nil
        return Refusal(status, body ?? words, retryAfter: retryAfter ?? stated)
    }

    /// The beginning of an answer that is none of an API server's, such as a proxy's page.
    private var words: ServerStatus {
        var status = ServerStatus()
        let text = String(decoding: refusal.prefix(200), as: UTF8.self)
        status.message = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return status
    }
}
