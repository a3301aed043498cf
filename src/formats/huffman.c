#include "formats/huffman.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A leaf or an inner node of the tree; leaves come first. */
struct node {
    uint32_t count;
    int symbol; // of a leaf
    int parent;
};

static int by_count(const void *a, const void *b) {
    const struct node *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? -1 : 1;
    return x->symbol - y->symbol;
}

/* The lesser of the next leaf and the next inner node (van Leeuwen's two queues, 1976). */
static int take_least(const struct node *nodes, int *leaf, int n_leaves, int *inner, int n_nodes) {
    bool take_leaf =
        *leaf < n_leaves && (*inner == n_nodes || nodes[*leaf].count <= nodes[*inner].count);
    return take_leaf ? (*leaf)++ : (*inner)++;
}

/* Depth of the deepest leaf; lengths of all. */
static int tree_lengths(struct node *nodes, int n_leaves, uint8_t *length) {
    int n_nodes = n_leaves, leaf = 0, inner = n_leaves, deepest = 0;
    while (n_nodes < 2 * n_leaves - 1) {
        int a = take_least(nodes, &leaf, n_leaves, &inner, n_nodes);
        int b = take_least(nodes, &leaf, n_leaves, &inner, n_nodes);
        nodes[n_nodes] = (struct node){.count = nodes[a].count + nodes[b].count};
        nodes[a].parent = nodes[b].parent = n_nodes++;
    }
    int depth[2 * HUFFMAN_SYMBOLS_MAX];
    depth[n_nodes - 1] = 0;
    for (int i = n_nodes - 2; i >= 0; i--)
        depth[i] = depth[nodes[i].parent] + 1;
    for (int i = 0; i < n_leaves; i++) {
        length[nodes[i].symbol] = (uint8_t)depth[i];
        deepest = depth[i] > deepest ? depth[i] : deepest;
    }
    return deepest;
}

/* Canonical codes: shorter first, then by symbol; bits turned round. */
static void assign_codes(struct huffman *huffman) {
    int next[HUFFMAN_LENGTH_MAX + 2] = {0};
    for (int i = 0; i < huffman->n; i++)
        if (huffman->length[i])
            next[huffman->length[i] + 1]++;
    for (int bits = 1, code = 0; bits <= HUFFMAN_LENGTH_MAX + 1; bits++) {
        code = (code + next[bits]) << 1;
        next[bits] = code;
    }
    for (int i = 0; i < huffman->n; i++) {
        int length = huffman->length[i], code = length ? next[length]++ : 0, turned = 0;
        for (int bit = 0; bit < length; bit++)
            turned |= (code >> bit & 1) << (length - 1 - bit);
        huffman->code[i] = (uint16_t)turned;
    }
}

void huffman_build(struct huffman *huffman, const uint32_t *count, int n, int max_length) {
    struct node nodes[2 * HUFFMAN_SYMBOLS_MAX] = {0};
    *huffman = (struct huffman){.n = n};
    /* Too deep a tree becomes shallower when its counts become more alike. */
    for (int halvings = 0;; halvings++) {
        int n_leaves = 0;
        for (int i = 0; i < n; i++)
            if (count[i])
                nodes[n_leaves++] = (struct node){.count = (count[i] >> halvings) + 1, .symbol = i};
        qsort(nodes, (size_t)n_leaves, sizeof *nodes, by_count);
        if (n_leaves == 1)
            huffman->length[nodes[0].symbol] = 1;
        if (n_leaves < 2 || tree_lengths(nodes, n_leaves, huffman->length) <= max_length)
            break;
    }
    assign_codes(huffman);
}
